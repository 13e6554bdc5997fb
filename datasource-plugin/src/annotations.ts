import type { AnnotationSupport } from '@grafana/data';
import type { FirewallQuery } from './query';

/**
 * Annotations are any query, by Grafana's own editor and its mapping by field names (time, timeEnd, title, text, tags,
 * id). Their text is shown as HTML, so what comes from a log line has to be encoded, as in the first statement.
 */
export const annotations: AnnotationSupport<FirewallQuery> = {
  getDefaultQuery: () => ({
    queryType: 'sql',
    rawSql: `SELECT time, encodeXMLComponent(signature) AS title, encodeXMLComponent(message) AS text
FROM events
WHERE $__timeFilter(time) AND action = 'alert'
ORDER BY time
LIMIT 100`,
  }),
};
