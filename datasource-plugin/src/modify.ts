import { escapeRegex, type QueryFilterOptions, type QueryFixAction, type ToggleFilterAction } from '@grafana/data';
import { isColumn } from './columns';
import { addFilter, hasFilter, withoutFilter } from './filters';
import type { Filter, FirewallQuery } from './query';

/** What a click on a log label, a table cell or marked text can ask for. */
export const MODIFICATIONS = ['ADD_FILTER', 'ADD_FILTER_OUT', 'ADD_STRING_FILTER', 'ADD_STRING_FILTER_OUT'] as const;

/** Labels of numbers and series that are named other than their column. */
const COLUMN_OF_LABEL: Readonly<Record<string, string>> = { port: 'dst_port', source: 'src_ip' };

/** Adds the condition a click asks for; the query unchanged where its key is no column of events. */
export function modifyQuery(query: FirewallQuery, action: QueryFixAction): FirewallQuery {
  const { key: label = '', value = '' } = action.options ?? {};
  const key = columnOf(label);
  switch (action.type) {
    case 'ADD_FILTER':
      return withFilter(query, { key, operator: '=', value });
    case 'ADD_FILTER_OUT':
      return withFilter(query, { key, operator: '!=', value });
    case 'ADD_STRING_FILTER':
      return withFilter(query, { key: 'message', operator: '=~', value: escapeRegex(value) });
    case 'ADD_STRING_FILTER_OUT':
      return withFilter(query, { key: 'message', operator: '!~', value: escapeRegex(value) });
    default:
      return query;
  }
}

/** As `modifyQuery`, but a condition that is there already is taken away. */
export function toggleFilter(query: FirewallQuery, action: ToggleFilterAction): FirewallQuery {
  const { key: label = '', value = '' } = action.options;
  const key = columnOf(label);
  const filter: Filter = { key, operator: action.type === 'FILTER_FOR' ? '=' : '!=', value };
  const field = fieldOf(query);
  if (!hasFilter(query[field], filter)) {
    return withFilter(query, filter);
  }
  const rest = withoutFilter(query[field], filter);
  return { ...query, [field]: rest.length > 0 ? rest : undefined };
}

/** Whether a label's "filter for" is on. */
export function hasLabelFilter(query: FirewallQuery, { key = '', value = '' }: QueryFilterOptions): boolean {
  return hasFilter(query[fieldOf(query)], { key: columnOf(key), operator: '=', value });
}

function columnOf(label: string): string {
  return Object.hasOwn(COLUMN_OF_LABEL, label) ? COLUMN_OF_LABEL[label]! : label;
}

function withFilter(query: FirewallQuery, filter: Filter): FirewallQuery {
  const field = fieldOf(query);
  return isColumn(filter.key) ? { ...query, [field]: addFilter(query[field], filter) } : query;
}

/** SQL is never rewritten: its conditions go where the backend applies ad-hoc filters, and the editor shows them. */
function fieldOf(query: FirewallQuery): 'filters' | 'adhoc' {
  return query.queryType === 'sql' ? 'adhoc' : 'filters';
}
