import type { FirewallQuery } from './query';

const REF_ID = 'variable';

/** What a dashboard stores for a variable, as a query: an object, or a text the name of a column, or SQL if it has a blank. */
export function toVariableQuery(stored: FirewallQuery | string): FirewallQuery {
  if (typeof stored !== 'string') {
    const query = { ...stored, queryType: stored.queryType ?? 'variable', refId: stored.refId || REF_ID };
    return query.queryType === 'sql' ? { ...query, format: 'table' } : query;
  }
  const text = stored.trim();
  return /\s/.test(text)
    ? { refId: REF_ID, queryType: 'sql', rawSql: text, format: 'table' }
    : { refId: REF_ID, queryType: 'variable', column: text };
}
