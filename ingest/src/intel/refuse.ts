import type { Parsed } from './feed.js';
import type { Indicator } from './indicator.js';
import type { Network } from './network.js';
import { covers, isV4, networkText, readNetwork } from './network.js';

/** What a load is held against. */
export interface Usual {
  /** Indicators of the set in force; 0 for none. */
  readonly indicators: number;
  /** Our own networks. */
  readonly own: readonly string[];
}

export interface Leniency {
  /** Private, loopback and reserved ranges are left out instead of refusing the feed. */
  readonly skipReserved?: boolean;
  /** Any size is taken. */
  readonly anySize?: boolean;
}

const TIMES = 10;
/** Shorter prefixes than these are no indicator of anything. */
const SHORTEST_V4 = 96 + 8;
const SHORTEST_V6 = 16;

/** All of IPv4, as the store has it: `::/16` would be every source there is. */
const MAPPED = readNetwork('::ffff:0:0/96') as Network;

/** Addresses that no stranger comes from: private, loopback, link-local, shared, multicast, reserved. */
export const RESERVED = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['224.0.0.0/3', '::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
].map((text) => readNetwork(text) as Network);

/**
 * Holds a load against what a feed may be.
 * @returns its indicators, or in one sentence why it must not come into force
 */
export function judge(parsed: Parsed, usual: Usual, lenient: Leniency = {}): readonly Indicator[] | string {
  if (parsed.truncated !== undefined) return `the feed is cut short: ${parsed.truncated}`;
  const { indicators, badCount } = parsed;
  if (indicators.length === 0) {
    return badCount === 0 ? 'the feed is empty' : `none of its ${badCount} entries could be read: is --format right?`;
  }
  if (badCount > indicators.length) {
    return `${badCount} of its ${badCount + indicators.length} entries could not be read: is --format right?`;
  }
  if (usual.indicators > 0 && indicators.length >= TIMES * usual.indicators && lenient.anySize !== true) {
    return `it has ${indicators.length} indicators and had ${usual.indicators}, at least ten times its usual size: --any-size takes it`;
  }
  return withoutOurs(indicators, usual.own, lenient.skipReserved === true);
}

function withoutOurs(indicators: readonly Indicator[], own: readonly string[], skip: boolean) {
  const ours = own.map((text) => readNetwork(text)).filter((network) => network !== undefined);
  const kept: Indicator[] = [];
  for (const indicator of indicators) {
    const { network, allow } = indicator;
    if (network === undefined || allow) {
      kept.push(indicator);
      continue;
    }
    const reserved = RESERVED.find((range) => covers(range, network));
    if (reserved !== undefined && skip) continue;
    const text = networkText(network);
    if (reserved !== undefined) {
      return `it lists ${text}, which is private or reserved (${networkText(reserved)}): --skip-reserved leaves such ranges out`;
    }
    if (network.bits < (isV4(network) ? SHORTEST_V4 : SHORTEST_V6) || covers(network, MAPPED)) {
      return `it lists ${text}, far more than any feed can mean`;
    }
    const hit = ours.find((range) => covers(range, network) || covers(network, range));
    if (hit !== undefined) return `it lists ${text}, which is of our own network ${networkText(hit)}`;
    kept.push(indicator);
  }
  return kept.length > 0 ? kept : 'it lists private and reserved ranges alone';
}

/** Whether a text is a web page, which is what a wrong address or an expired login answers with. */
export const isHtml = (text: string): boolean =>
  /^\s*<(?:!doctype\s+html|html|head|body|\?xml)\b/i.test(text.slice(0, 1_024));
