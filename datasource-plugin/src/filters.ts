import type { Filter } from './query';

export type Operator = Filter['operator'];

/** Each operator with the words the editor shows. */
export const OPERATORS: ReadonlyArray<{ value: Operator; about: string }> = [
  { value: '=', about: 'equals; for addresses also a network such as 192.0.2.0/24' },
  { value: '!=', about: 'differs from' },
  { value: '=|', about: 'is one of' },
  { value: '!=|', about: 'is none of' },
  { value: '=~', about: 'matches a regular expression' },
  { value: '!~', about: 'does not match a regular expression' },
  { value: '<', about: 'less than' },
  { value: '<=', about: 'at most' },
  { value: '>', about: 'more than' },
  { value: '>=', about: 'at least' },
];

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  '=': '!=',
  '!=': '=',
  '=|': '!=|',
  '!=|': '=|',
  '=~': '!~',
  '!~': '=~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

export function isOperator(text: string): text is Operator {
  return Object.hasOwn(OPPOSITE, text);
}

/** `=|` and `!=|` take a list. */
export function takesList(operator: Operator): boolean {
  return operator === '=|' || operator === '!=|';
}

/** The values a filter compares with, whichever field they are in. */
export function valuesOf(filter: Filter): string[] {
  if (!takesList(filter.operator)) {
    return [filter.value];
  }
  return filter.values && filter.values.length > 0 ? filter.values : [filter.value];
}

/** A filter for these values: one with `=`, more with `=|`; likewise for the negated pair; others keep the first. */
export function filterOf(key: string, operator: Operator, values: readonly string[]): Filter {
  const negated = operator === '!=' || operator === '!=|';
  const first = values[0] ?? '';
  if (operator !== '=' && !takesList(operator) && !negated) {
    return { key, operator, value: first };
  }
  return values.length === 1
    ? { key, operator: negated ? '!=' : '=', value: first }
    : { key, operator: negated ? '!=|' : '=|', value: first, values: [...values] };
}

function same(a: Filter, b: Filter): boolean {
  const left = valuesOf(a);
  const right = valuesOf(b);
  return (
    a.key === b.key &&
    a.operator === b.operator &&
    left.length === right.length &&
    left.every((value, i) => value === right[i])
  );
}

export function hasFilter(filters: readonly Filter[] | undefined, filter: Filter): boolean {
  return filters?.some((each) => same(each, filter)) ?? false;
}

/** With the filter added, once; its opposite leaves, since both together would find nothing. */
export function addFilter(filters: readonly Filter[] | undefined, filter: Filter): Filter[] {
  const rest = withoutFilter(filters, { ...filter, operator: OPPOSITE[filter.operator] });
  return hasFilter(rest, filter) ? rest : [...rest, filter];
}

export function withoutFilter(filters: readonly Filter[] | undefined, filter: Filter): Filter[] {
  return (filters ?? []).filter((each) => !same(each, filter));
}

/** Leaves out what cannot be a condition: no column, or an operator nobody knows. */
export function toFilters(
  rows: ReadonlyArray<{ key: string; operator: string; value: string; values?: string[] }> | undefined
): Filter[] {
  return (rows ?? []).flatMap(({ key, operator, value, values }) =>
    key === '' || !isOperator(operator)
      ? []
      : [{ key, operator, value, ...(values && values.length > 0 ? { values: [...values] } : {}) }]
  );
}
