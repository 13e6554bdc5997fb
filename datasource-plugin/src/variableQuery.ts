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

/**
 * The query as the backend gets it. SQL goes as a `variable` query too, which gives words and numbers as text; beside
 * a column, SQL is what someone wrote before choosing the column.
 */
export function toVariableRequest(stored: FirewallQuery | string): FirewallQuery {
  const { rawSql, column, format: _format, ...query } = toVariableQuery(stored);
  return query.queryType === 'sql' || !column
    ? { ...query, queryType: 'variable', rawSql: rawSql ?? '' }
    : { ...query, column };
}
