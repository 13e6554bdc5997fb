import type { Store } from '../store/store.js';
import { pieces } from './ask.js';
import type { Asker } from './ask.js';
import { askSuppressions, suppressor } from './suppress.js';
import type { Suppression } from './suppress.js';

/** A suppression and when it ends, ms. */
export interface Lasting extends Suppression {
  readonly until: number;
}

/** Until when, unless somebody says so: a century is for ever. */
export const FOR_EVER = Date.UTC(2100, 0, 1);

/** Writes a suppression, or takes it back; what has the same network, kind and port is replaced. */
export async function saveSuppression(store: Store, rule: Lasting, now: number, removed = false): Promise<void> {
  await store.command(
    `INSERT INTO fireplot.suppressions (network, kind, port, reason, until, removed, version)
     SELECT {network:String}, {kind:String}, {port:UInt16}, {reason:String}, {until:DateTime64(3, 'UTC')}, {removed:Bool},
       {version:DateTime64(3, 'UTC')}`,
    { ...rule, until: new Date(rule.until), removed, version: new Date(now) }
  );
}

/** Suppressions in force, in order of network. */
export async function askLasting(asker: Asker, now: number): Promise<Lasting[]> {
  const rows = await asker.query<Suppression & { until: number | string }>(
    `SELECT network, kind, port, reason, toUnixTimestamp64Milli(until) AS until FROM fireplot.suppressions FINAL
     WHERE NOT removed AND until > {now:DateTime64(3, 'UTC')} ORDER BY network, kind, port`,
    { now: new Date(now) }
  );
  return rows.map((row) => ({ ...row, until: Number(row.until) }));
}

interface Kept {
  readonly written: string;
  readonly id: string;
  readonly kind: string;
  readonly sources: readonly string[];
  readonly min_port: number;
  readonly max_port: number;
  readonly known: string;
}

const TABLES = [
  { table: 'scans', columns: 'kind, sources, min_port, max_port' },
  { table: 'spikes', columns: "'spike' AS kind, source_list AS sources, port AS min_port, port AS max_port" },
] as const;
/** Findings that are older keep the word they have. */
const DAYS = 30;

/**
 * Says of stored findings of the last month anew what is known.
 * @returns how many changed
 */
export async function applySuppressions(store: Store, asker: Asker, now: number): Promise<number> {
  const reasonOf = suppressor(await askSuppressions(asker, now));
  let changed = 0;
  for (const { table, columns } of TABLES) {
    const rows = await asker.query<Kept>(
      `SELECT toString(day) AS written, id, known, ${columns} FROM fireplot.${table} FINAL
       WHERE day >= (SELECT max(day) FROM fireplot.${table}) - ${DAYS}`
    );
    const news = rows.flatMap((row) => {
      const reason = reasonOf({ ...row, minPort: row.min_port, maxPort: row.max_port });
      return reason === row.known ? [] : [{ id: row.id, day: row.written, reason }];
    });
    for (const some of pieces(news, 500)) {
      await store.command(
        `INSERT INTO fireplot.${table}
         SELECT * EXCEPT at REPLACE(greatest(version + 1, {now:UInt64}) AS version, {reasons:Array(String)}[at] AS known)
         FROM (SELECT *, indexOf({ids:Array(String)}, id) AS at FROM fireplot.${table} FINAL
           WHERE has({days:Array(String)}, toString(day)))
         WHERE at > 0`,
        {
          now,
          ids: some.map(({ id }) => id),
          reasons: some.map(({ reason }) => reason),
          days: [...new Set(some.map(({ day }) => day))],
        }
      );
    }
    changed += news.length;
  }
  return changed;
}
