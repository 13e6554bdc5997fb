import type { Filter } from './query';

export type Operator = Filter['operator'];

/** Each operator with the words the editor shows: `=|` would read as an equals sign and a cursor. */
export const OPERATORS: ReadonlyArray<{ value: Operator; label: string; about: string }> = [
  { value: '=', label: '=', about: 'equals; for addresses also a network such as 192.0.2.0/24' },
  { value: '!=', label: '!=', about: 'differs from' },
  { value: '=|', label: 'one of', about: 'equals one of a list' },
  { value: '!=|', label: 'none of', about: 'differs from all of a list' },
  { value: '=~', label: '=~', about: 'matches a regular expression' },
  { value: '!~', label: '!~', about: 'does not match a regular expression' },
  { value: '<', label: '<', about: 'less than' },
  { value: '<=', label: '<=', about: 'at most' },
  { value: '>', label: '>', about: 'more than' },
  { value: '>=', label: '>=', about: 'at least' },
];

const LABELS = new Map(OPERATORS.map(({ value, label }) => [value, label]));

/** A condition in words, as the editor and query history show it. */
export function filterText(filter: Filter): string {
  const values = valuesOf(filter);
  const shown = takesList(filter.operator) ? `(${values.join(', ')})` : values[0];
  return `${filter.key} ${LABELS.get(filter.operator) ?? filter.operator} ${shown}`;
}

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
