import { records } from '../format/rpz/records.js';
import { clientTrigger } from '../format/rpz/trigger.js';
import { networkText } from '../network.js';
import { second } from './list.js';
import type { Out, Policy } from './list.js';

const DATA: Readonly<Record<Policy, string>> = {
  drop: 'rpz-drop.',
  nxdomain: '.',
  nodata: '*.',
  'tcp-only': 'rpz-tcp-only.',
};

/**
 * A response policy zone with a client-IP trigger an address, names relative to whatever zone loads it. The serial is
 * the time, and always later than that of the file before. https://datatracker.ietf.org/doc/html/draft-vixie-dnsop-dns-rpz-00
 */
export const rpz: Out = {
  name: 'rpz',
  about: 'BIND response policy zone, client-IP triggers',
  write({ entries, now, name, policy, previous }) {
    const triggers = entries.map(({ network }) => `${clientTrigger(networkText(network))} CNAME ${DATA[policy]}`);
    return [
      `; ${name}: ${entries.length} addresses that fireplot found scanning, made ${second(now)}`,
      '$TTL 300',
      `@ IN SOA localhost. root.localhost. ( ${nextSerial(now, serialOf(previous))} 3600 600 604800 300 )`,
      '@ IN NS localhost.',
      ...triggers,
      '',
    ].join('\n');
  },
};

/** The serial of a zone's master file; undefined when it has none. */
export function serialOf(zone: string): number | undefined {
  for (const { type, data } of records(zone)) {
    if (type !== 'SOA') continue;
    const serial = /^\S+\s+\S+\s+(\d{1,10})(?:\s|$)/.exec(data)?.[1];
    return serial === undefined || Number(serial) > 0xffff_ffff ? undefined : Number(serial);
  }
  return undefined;
}

/** The time in seconds, or one more than the serial before where that is not later; secondaries count as RFC 1982. */
export function nextSerial(now: number, before: number | undefined): number {
  const time = Math.floor(now / 1_000) >>> 0;
  if (before === undefined) return time;
  const ahead = (time - before) >>> 0;
  return ahead > 0 && ahead < 0x8000_0000 ? time : (before + 1) >>> 0;
}
