import { type LiveChannelAddress, parseLiveChannelAddress } from '@grafana/data';
import type { FirewallQuery } from '../query';
import { sha256 } from './sha256';

/** Digits of the hash in a channel's name, as in pkg/stream. */
const DIGITS = 32;

/** The name of a query's channel below the data source; pkg/stream names it the same way and takes no other. */
export const channelPath = (text: string): string => `tail/${sha256(text).slice(0, DIGITS)}`;

/**
 * Where an events query is streamed. What makes no difference to the events (refId, limit) is left out, and what is
 * left is sorted, so that equal questions share a channel.
 */
export function channelOf(uid: string, { filters, adhoc }: FirewallQuery): LiveChannelAddress {
  return channel(uid, { adhoc: some(adhoc), filters: some(filters), queryType: 'events' });
}

/** Where the cells of a fireplot query are streamed, in steps of `stepMs`. */
export function cellsChannelOf(uid: string, query: FirewallQuery, stepMs: number): LiveChannelAddress {
  const { adhoc, filters, portFrom, portTo, rowsPerDecade, showTail } = query;
  return channel(uid, {
    adhoc: some(adhoc),
    filters: some(filters),
    portFrom: portFrom || undefined,
    portTo: portTo || undefined,
    queryType: 'fireplot',
    rowsPerDecade: rowsPerDecade || undefined,
    showTail: showTail || undefined,
    stepMs,
  });
}

/** The query travels as text: its hash must not depend on how JSON is written anew on the way. */
function channel(uid: string, query: object): LiveChannelAddress {
  const text = JSON.stringify(query);
  // Parsed by Grafana itself: 12 and 13 name the parts of an address differently.
  const address = parseLiveChannelAddress(`ds/${uid}/${channelPath(text)}`);
  if (!address) {
    throw new Error(`The data source ${uid} can have no live channel: its uid must not be empty.`);
  }
  return { ...address, data: { query: text } };
}

function some<T>(list: T[] | undefined): T[] | undefined {
  return list?.length ? list : undefined;
}
