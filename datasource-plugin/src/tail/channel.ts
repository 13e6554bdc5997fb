import { type LiveChannelAddress, parseLiveChannelAddress } from '@grafana/data';
import type { FirewallQuery } from '../query';
import { sha256 } from './sha256';

/** Digits of the hash in a channel's name, as in pkg/stream. */
const DIGITS = 32;

/** The name of a query's channel below the data source; pkg/stream names it the same way and takes no other. */
export const channelPath = (text: string): string => `tail/${sha256(text).slice(0, DIGITS)}`;

/**
 * Where a query is streamed. What makes no difference to the events (refId, limit) is left out, and what is left is
 * sorted, so that equal questions share a channel. The query travels as text: its hash must not depend on how JSON is
 * written anew on the way.
 */
export function channelOf(uid: string, query: FirewallQuery): LiveChannelAddress {
  const { filters, adhoc } = query;
  const text = JSON.stringify({
    adhoc: adhoc?.length ? adhoc : undefined,
    filters: filters?.length ? filters : undefined,
    queryType: 'events',
  });
  // Parsed by Grafana itself: 12 and 13 name the parts of an address differently.
  const address = parseLiveChannelAddress(`ds/${uid}/${channelPath(text)}`);
  if (!address) {
    throw new Error(`The data source ${uid} can have no live channel: its uid must not be empty.`);
  }
  return { ...address, data: { query: text } };
}
