import { readFile } from 'node:fs/promises';

/**
 * Datagrams for a UDP port that the kernel threw away because nobody had read the ones before. Undefined where the
 * system does not tell (anything but Linux).
 */
export async function kernelDrops(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8').catch(() => ''))
  );
  if (tables.every((table) => table === '')) return undefined;
  return tables.reduce((sum, table) => sum + dropsIn(table, port), 0);
}

/** Sums the `drops` column of the table's sockets on a local port. */
export function dropsIn(table: string, port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(suffix)) drops += Number(columns.at(-1));
  }
  return drops;
}
