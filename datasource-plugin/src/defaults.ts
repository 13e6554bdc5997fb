import { CoreApp } from '@grafana/data';
import type { FirewallQuery } from './query';

/** What the backend takes where a query says nothing; the editor shows it and never stores it. */
export const DEFAULTS = {
  queryType: 'fireplot',
  portFrom: '1',
  portTo: '65535',
  maxCells: 200_000,
  eventsLimit: 1_000,
  topLimit: 10,
  findingLimit: 500,
  intelLimit: 500,
  comparedLimit: 100,
  minSeverity: 'info',
  by: 'dst_port',
  measure: 'events',
} as const;

/** Whether the query is part of an alert or recording rule, which needs numbers. */
export function isRule(app: CoreApp | undefined): boolean {
  return app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
}

/** What a new query is: log rows in Explore, a number that can alarm in a rule, a fireplot elsewhere. */
export function defaultQuery(app: CoreApp | undefined): Pick<FirewallQuery, 'queryType' | 'format'> {
  if (isRule(app)) {
    return { queryType: 'top', format: 'numeric' };
  }
  return { queryType: app === CoreApp.Explore ? 'events' : 'fireplot' };
}

/** Whether there is anything to ask yet. What is wrong rather than unfinished goes to the backend, which says why. */
export function isComplete(query: FirewallQuery): boolean {
  switch (query.queryType) {
    case 'sql':
      return (query.rawSql ?? '').trim() !== '';
    case 'variable':
      return (query.column ?? '') !== '' || (query.rawSql ?? '').trim() !== '';
    case 'cell':
      return query.cell !== undefined;
    default:
      return true;
  }
}
