import { eventTsv } from '../../store/fixture.case.js';
import { utcText } from '../../store/text.js';
import type { Random } from './random.case.js';

/** One packet of a replay. Addresses are plain IPv4. */
export interface Probe {
  readonly at: number;
  readonly source: string;
  readonly target: string;
  readonly port: number;
  readonly proto?: number;
  /** TCP flags; undefined is SYN for TCP. */
  readonly flags?: number;
  readonly sourcePort?: number;
  readonly ttl?: number;
  readonly id?: number;
  readonly window?: number;
  readonly seq?: number;
  readonly action?: 'drop' | 'allow';
  readonly class?: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The watched network of all replays. */
export const TARGETS: readonly string[] = Array.from({ length: 64 }, (_, i) => `203.0.113.${i + 1}`);

/** An address of the documentation network 198.51.100.0/24, or of 198.18.0.0/15 beyond 254. */
export function scanner(i: number): string {
  return i <= 254 ? `198.51.100.${i}` : `198.${18 + ((i >> 16) & 1)}.${(i >> 8) & 255}.${i & 255}`;
}

/** What a log tells beside addresses and ports. */
export type Columns = 'all' | 'few';

/**
 * Probes as rows of `events`, in order of time.
 * @param loss share of the lines that get lost at random
 * @param columns 'few' as RouterOS logs: no TTL, id, window or sequence number
 * @param step what stamps are cut to, ms
 */
export function rowsOf(
  probes: readonly Probe[],
  random: Random,
  { loss = 0, columns = 'all', step = 1_000 }: { loss?: number; columns?: Columns; step?: number } = {}
): Buffer {
  const sorted = [...probes].sort((a, b) => a.at - b.at).filter(() => loss === 0 || random.next() >= loss);
  return eventTsv(
    sorted.map((probe, seq) => {
      const time = utcText(Math.floor(probe.at / step) * step);
      const { proto = 6 } = probe;
      const full = columns === 'all';
      return {
        time,
        received: time,
        seq,
        proto,
        class: probe.class ?? (proto === 6 ? 0 : proto === 17 ? 1 : 3),
        action: probe.action ?? 'drop',
        src_ip: `::ffff:${probe.source}`,
        dst_ip: `::ffff:${probe.target}`,
        src_port: probe.sourcePort ?? 40_000,
        dst_port: probe.port,
        ...(proto === 6 ? { tcp_flags: probe.flags ?? 2 } : {}),
        ...(proto === 1 ? { icmp_type: 8, icmp_code: 0 } : {}),
        ...(full ? { ttl: probe.ttl ?? 50, ip_id: probe.id ?? seq % 65_536 } : {}),
        ...(full && proto === 6 ? { tcp_window: probe.window ?? 29_200, tcp_seq: probe.seq ?? 1_000_000 + seq } : {}),
      };
    })
  );
}
