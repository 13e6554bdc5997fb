import { DEFAULTS } from './defaults';
import { filterText } from './filters';
import type { FirewallQuery } from './query';

/** One line for query history and the inspector. */
export function displayText(query: FirewallQuery): string {
  if (query.queryType === 'sql') {
    return query.rawSql ?? '';
  }
  const conditions = [...(query.filters ?? []), ...(query.adhoc ?? [])].map(filterText);
  return conditions.length === 0 ? subject(query) : `${subject(query)} where ${conditions.join(' and ')}`;
}

function subject(query: FirewallQuery): string {
  switch (query.queryType) {
    case 'fireplot': {
      const ports = query.portFrom || query.portTo;
      return ports
        ? `fireplot of ports ${query.portFrom || DEFAULTS.portFrom} to ${query.portTo || DEFAULTS.portTo}`
        : 'fireplot';
    }
    case 'top':
      return `top ${query.limit ?? DEFAULTS.topLimit} ${query.by ?? DEFAULTS.by} by ${query.measure ?? DEFAULTS.measure}`;
    case 'events':
      return query.format === undefined || query.format === 'logs' ? 'events' : `events as ${query.format}`;
    case 'scans':
      return [query.pace, query.kinds?.join(', '), 'scans', query.oddFlags && 'by odd flags'].filter(Boolean).join(' ');
    case 'intel':
      return query.by === 'feed'
        ? 'lists and their hits'
        : `listed sources${query.onlyAllowed ? ' that were let in' : ''}`;
    case 'variable':
      return `values of ${query.column ?? ''}`;
    default:
      return query.queryType;
  }
}
