import type { Store } from '../store/store.js';
import { pieces } from './ask.js';
import type { Asker } from './ask.js';
import type { Range, Scan } from './finding.js';
import { SESSION_GAP_MS } from './finding.js';
import { reconcile } from './reconcile.js';
import type { Prolonged } from './reconcile.js';
import { askStored, saveScans } from './stored.js';

/**
 * Brings `fireplot.scans` up to what a run found.
 * @param range what the run looked at
 * @returns how many rows were written
 */
export async function keepScans(store: Store, asker: Asker, range: Range, run: readonly Scan[], version: number) {
  const stored = await askStored(asker, range, SESSION_GAP_MS);
  const { write, prolonged, superseded } = reconcile(run, stored, range.from);
  await saveScans(store, write, version);
  await prolongScans(store, prolonged, version);
  for (const [id, by] of superseded) await rewrite(store, version, 'id = {id:String}', { id }, { superseded_by: by });
  return write.length + prolonged.length + superseded.size;
}

/** Moves the ends of findings, all in one statement. */
async function prolongScans(store: Store, prolonged: readonly Prolonged[], version: number): Promise<void> {
  for (const some of pieces(prolonged, 500)) {
    await store.command(
      `INSERT INTO fireplot.scans
       SELECT * EXCEPT at REPLACE({version:UInt64} AS version,
         fromUnixTimestamp64Milli({ends:Array(Int64)}[at], 'UTC') AS \`end\`,
         {events:Array(UInt64)}[at] AS events,
         toUInt64(exp10(floor(log10(greatest(1, {events:Array(UInt64)}[at]))))) AS magnitude,
         {ongoing:Array(UInt8)}[at] = 1 AS ongoing,
         toFloat64({events:Array(UInt64)}[at]) / greatest(1, ({ends:Array(Int64)}[at] - toUnixTimestamp64Milli(start)) / 1000) AS rate)
       FROM (SELECT *, indexOf({ids:Array(String)}, id) AS at FROM fireplot.scans FINAL)
       WHERE at > 0`,
      {
        version,
        ids: some.map(({ id }) => id),
        ends: some.map(({ end }) => end),
        events: some.map(({ events }) => events),
        ongoing: some.map(({ ongoing }) => (ongoing ? 1 : 0)),
      }
    );
  }
}

/** Findings whose session ended before `newest` are no longer ongoing. */
export async function closeScans(store: Store, newest: number, version: number): Promise<void> {
  const before = new Date(newest - SESSION_GAP_MS);
  await rewrite(store, version, "ongoing AND `end` < {before:DateTime64(3, 'UTC')}", { before }, { ongoing: false });
}

/** Writes rows again with another value in one column. */
async function rewrite(
  store: Store,
  version: number,
  condition: string,
  params: Record<string, unknown>,
  change: { readonly superseded_by: string } | { readonly ongoing: false }
): Promise<void> {
  const replaced = 'ongoing' in change ? 'false AS ongoing' : '{by:String} AS superseded_by';
  await store.command(
    `INSERT INTO fireplot.scans SELECT * REPLACE({version:UInt64} AS version, ${replaced})
     FROM fireplot.scans FINAL WHERE ${condition}`,
    { ...params, version, ...('ongoing' in change ? {} : { by: change.superseded_by }) }
  );
}
