import type { Finding } from '../finding.js';
import { shapeOf } from '../track.js';
import type { Track } from '../track.js';

const LEAST_PORTS = 15;
const UDP = 17;
/** Where traceroute begins, and how far it counts: hops times probes. */
const TRACEROUTE_FIRST = 33_434;
const TRACEROUTE_LAST = 33_700;
/** From here systems take the ports of their own requests (IANA 49152, Linux 32768). */
const EPHEMERAL_FIRST = 32_768;

/** Vertical scans: each session of many ports that nothing harmless explains. */
export function verticals(tracks: readonly Track[]): Finding[] {
  return tracks.filter((track) => !isTraceroute(track) && !isLateAnswers(track)).map(verticalOf);
}

export function verticalOf(track: Track): Finding {
  return {
    ...shapeOf(track),
    kind: 'vertical',
    sources: [track.src_ip],
    sourceCount: 1,
    reach: track.port_count / LEAST_PORTS,
    key: `${track.src_ip} ${track.dst_ip}`,
  };
}

function isTraceroute({ proto, min_port, max_port }: Track): boolean {
  return proto === UDP && min_port >= TRACEROUTE_FIRST - 34 && max_port <= TRACEROUTE_LAST;
}

/**
 * A peer that goes on answering ports our own side opened: few packets, spread over ephemeral ports without order. A
 * scan of that range sends more, or keeps an order.
 */
function isLateAnswers({ proto, min_port, port_count, up, down, median_gap_s }: Track): boolean {
  return proto === UDP && min_port >= EPHEMERAL_FIRST && port_count < 100 && up + down < 0.5 && median_gap_s > 10;
}
