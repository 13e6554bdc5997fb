import type { Store } from '../store/store.js';

/** Puts what the data source must know of the configuration (own networks, …) into fireplot.settings. */
export async function saveSettings(store: Store, settings: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(settings);
  if (names.length === 0) return;
  const values = names.map((name) => settings[name] as string);
  const stored = await store.query<{ name: string; value: string }>(
    'SELECT name, value FROM fireplot.settings FINAL WHERE has({names:Array(String)}, name)',
    { names }
  );
  const known = new Map(stored.map(({ name, value }) => [name, value]));
  if (names.every((name) => known.get(name) === settings[name])) return;
  await store.command(
    `INSERT INTO fireplot.settings (name, value)
     SELECT pair.1, pair.2 FROM (SELECT arrayJoin(arrayZip({names:Array(String)}, {values:Array(String)})) AS pair)`,
    { names, values }
  );
}
