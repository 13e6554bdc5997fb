import type { Counts } from './count.js';
import type { Detail } from './detail.js';

const TCP_USUAL = [
  ...[21, 22, 23, 25, 53, 80, 81, 110, 111, 135, 139, 143, 443, 445, 993, 995, 1080, 1433, 1521, 1723, 2222, 2323],
  ...[3128, 3306, 3389, 4899, 5060, 5432, 5555, 5900, 5901, 6379, 8000, 8080, 8081, 8088, 8443, 8888, 9200, 27017],
];
const UDP_USUAL = [19, 53, 69, 111, 123, 137, 161, 389, 443, 500, 1194, 1434, 1900, 3478, 3702, 5060, 5353, 11211];
const USUAL = new Map([
  [6, new Set(TCP_USUAL)],
  [17, new Set(UDP_USUAL)],
]);

/** Whether a port is one that scanners and worms probe every day anywhere. */
export function usualPort(proto: number, port: number): boolean {
  return USUAL.get(proto)?.has(port) ?? false;
}

const FIRST_FREE_PORT = 1024;
const ONE_TARGET = 0.9;
const WATCHED = 4;
const INSISTENT = 3;
const OTHER_PROTO = 0.2;

/**
 * Peers of a service that moved or ended (file sharing, games): they all come to one host, at a port of its own choice,
 * over TCP and UDP or again and again. Probers come to all hosts, or once.
 */
export function isChurn({ proto, port, sources, events }: Counts, detail: Detail, all: readonly Counts[]): boolean {
  if (port < FIRST_FREE_PORT || usualPort(proto, port) || detail.topTargetShare < ONE_TARGET) return false;
  if (detail.watched >= WATCHED) return true;
  const other = all.find((each) => each.port === port && each.proto !== proto);
  if (other !== undefined && other.sources >= OTHER_PROTO * sources) return true;
  return proto === 17 && events >= INSISTENT * sources;
}
