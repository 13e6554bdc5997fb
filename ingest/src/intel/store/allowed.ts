import type { Store } from '../../store/store.js';

/** The user's own: whatever a feed says, these are not bad. */
export interface Allowed {
  /** CIDR, as networkText writes it. */
  readonly network: string;
  readonly reason: string;
}

export function readAllowed(store: Store): Promise<Allowed[]> {
  return store.query<Allowed>(
    'SELECT network, reason FROM fireplot.intel_allowed FINAL WHERE NOT removed ORDER BY network'
  );
}

/** @param at ms since the epoch */
export async function saveAllowed(
  store: Store,
  { network, reason }: Allowed,
  at: number,
  removed = false
): Promise<void> {
  await store.command(
    `INSERT INTO fireplot.intel_allowed (network, reason, removed, at)
     SELECT {network:String}, {reason:String}, {removed:UInt8}, {at:UInt64}`,
    { network, reason, removed: removed ? 1 : 0, at }
  );
}
