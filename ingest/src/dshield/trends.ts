import type { Asker } from '../detect/ask.js';
import { rounded } from '../detect/track.js';

/** DShield's trend of each port it has history for, on the day that ends at or holds `to` (ms). */
export async function askTrends(asker: Asker, to: number): Promise<Map<number, number>> {
  const rows = await asker.view<{ port: number; trend: number | null }>(
    'dshield_trends',
    { to: new Date(to) },
    'port, trend'
  );
  return new Map(rows.flatMap(({ port, trend }) => (trend === null ? [] : [[port, rounded(trend)] as const])));
}
