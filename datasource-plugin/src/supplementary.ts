import { type DataQueryRequest, type SupplementaryQueryOptions, SupplementaryQueryType } from '@grafana/data';
import type { FirewallQuery } from './query';

export const SUPPLEMENTARY_TYPES = [SupplementaryQueryType.LogsVolume];

/**
 * The log volume above Explore's rows: counts by level over the whole range, not only over the rows shown.
 * undefined for what is no log of events; Explore then counts the rows it has.
 */
export function supplementaryQuery(
  options: SupplementaryQueryOptions,
  query: FirewallQuery
): FirewallQuery | undefined {
  const logs = query.queryType === 'events' && (query.format === undefined || query.format === 'logs');
  if (options.type !== SupplementaryQueryType.LogsVolume || !logs || query.hide) {
    return undefined;
  }
  const { limit: _limit, ...conditions } = query;
  return { ...conditions, refId: `log-volume-${query.refId}`, format: 'volume' };
}

export function supplementaryRequest(
  type: SupplementaryQueryType,
  request: DataQueryRequest<FirewallQuery>,
  options?: SupplementaryQueryOptions
): DataQueryRequest<FirewallQuery> | undefined {
  const targets = request.targets.flatMap((query) => supplementaryQuery(options ?? { type }, query) ?? []);
  return targets.length === 0 ? undefined : { ...request, targets };
}
