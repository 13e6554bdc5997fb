import type { FirewallQuery, QueryType } from '../query';

/** The query with one field set, or gone when the value is undefined: what equals a default is not stored. */
export function withField<K extends keyof FirewallQuery>(
  query: FirewallQuery,
  field: K,
  value: FirewallQuery[K] | undefined
): FirewallQuery {
  const { [field]: _old, ...rest } = query;
  // `rest` lacks one optional field at most; the editor never takes away refId or queryType.
  return (value === undefined ? rest : { ...rest, [field]: value }) as FirewallQuery;
}

/** A statement to begin with: it answers at once and shows how the macro for the range is used. */
export const FIRST_SQL = `SELECT dst_port, sum(count) AS probes, uniq(src_ip) AS sources
FROM events
WHERE $__timeFilter(time)
GROUP BY dst_port
ORDER BY probes DESC
LIMIT 100`;

/**
 * The query as another type. Conditions stay: beside SQL as ad-hoc filters, which it shows, elsewhere among the others.
 * SQL once written stays too, for whoever comes back to it; format and limit mean something else in each type and go,
 * as does what is grouped by, to and from intel.
 */
export function withType(query: FirewallQuery, queryType: QueryType, firstSql = FIRST_SQL): FirewallQuery {
  if (query.queryType === queryType) {
    return query;
  }
  const { format: _format, limit: _limit, filters, adhoc, ...rest } = query;
  const conditions = [...(filters ?? []), ...(adhoc ?? [])];
  const field = queryType === 'sql' ? 'adhoc' : 'filters';
  if (queryType === 'intel' || query.queryType === 'intel') {
    delete rest.by;
  }
  return {
    ...rest,
    queryType,
    ...(queryType === 'sql' ? { rawSql: query.rawSql ?? firstSql } : {}),
    ...(conditions.length > 0 ? { [field]: conditions } : {}),
  };
}
