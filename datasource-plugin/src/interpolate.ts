import { type AdHocVariableFilter, escapeRegex } from '@grafana/data';
import { DEFAULTS } from './defaults';
import { filterOf, takesList, toFilters, valuesOf } from './filters';
import type { Filter, FirewallQuery } from './query';
import { expand } from './template/expand';
import { replaceReferences } from './template/reference';
import { interpolateSql } from './template/sql';
import type { Variables } from './template/variables';

/**
 * The query as the backend gets it: variables in place, ad-hoc filters in `adhoc`. The query given is not changed.
 * Ad-hoc filters that a query carries already (it came from a dashboard by way of Explore) stay.
 */
export function interpolateQuery(
  query: FirewallQuery,
  variables: Variables,
  adhoc: readonly AdHocVariableFilter[] | undefined
): FirewallQuery {
  // A dashboard written by hand may lack the type, whatever the types here say.
  const out: FirewallQuery = { ...query, queryType: query.queryType ?? DEFAULTS.queryType };
  if (query.filters) {
    out.filters = interpolateFilters(query.filters, variables);
  }
  const conditions = [...(query.adhoc ?? []), ...toFilters(adhoc)];
  if (conditions.length > 0) {
    out.adhoc = interpolateFilters(conditions, variables);
  }
  for (const field of ['portFrom', 'portTo', 'by', 'column'] as const) {
    const text = query[field];
    if (text !== undefined) {
      out[field] = plain(text, variables);
    }
  }
  if (query.rawSql !== undefined) {
    out.rawSql = interpolateSql(query.rawSql, variables);
  }
  return out;
}

/** The query as a person wants it in Explore: ad-hoc filters among the others, where they can be seen and removed. */
export function interpolateForExplore(
  query: FirewallQuery,
  variables: Variables,
  adhoc: readonly AdHocVariableFilter[] | undefined
): FirewallQuery {
  const out = interpolateQuery(query, variables, adhoc);
  if (out.queryType === 'sql' || !out.adhoc) {
    return out;
  }
  const { adhoc: conditions, ...rest } = out;
  return { ...rest, filters: [...(out.filters ?? []), ...conditions] };
}

/**
 * A variable on All, or one that is empty, is no condition; several values turn `=` into "one of". In an expression,
 * chosen values stand for themselves, and several match any of them.
 */
export function interpolateFilters(filters: readonly Filter[], variables: Variables): Filter[] {
  return filters.flatMap((filter) => {
    const isExpression = filter.operator === '=~' || filter.operator === '!~';
    const values: string[] = [];
    for (const text of valuesOf(filter)) {
      const expansion = expand(text, variables, isExpression ? escapeRegex : undefined);
      if (expansion.kind === 'every') {
        return [];
      }
      values.push(...expansion.values.filter((value) => value !== '' || text === ''));
    }
    if (values.length === 0) {
      return [];
    }
    if (filter.operator === '=' || filter.operator === '!=' || takesList(filter.operator)) {
      return [filterOf(filter.key, filter.operator, [...new Set(values)])];
    }
    if (isExpression) {
      return [{ ...filter, value: values.length === 1 ? values[0]! : values.map((v) => `(?:${v})`).join('|') }];
    }
    return [{ ...filter, value: values[0]! }];
  });
}

/** A port or a column name: the first value; the text of an unknown variable stays, and the backend names it. */
function plain(text: string, variables: Variables): string {
  return replaceReferences(text, (reference) => {
    const value = variables.valueOf(reference);
    if (value === undefined) {
      return reference.match;
    }
    return value.kind === 'verbatim' ? value.text : (value.values[0] ?? '');
  });
}
