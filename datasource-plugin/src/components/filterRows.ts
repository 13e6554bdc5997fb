import { takesList, valuesOf } from '../filters';
import type { Filter } from '../query';

/** A row of the filter builder, which may still lack its column or its values. */
export type FilterRow = Pick<Filter, 'key' | 'operator'> & { values: string[] };

export const EMPTY_ROW: FilterRow = { key: '', operator: '=', values: [] };

export function toRows(filters: readonly Filter[] | undefined): FilterRow[] {
  return (filters ?? []).map((filter) => ({ key: filter.key, operator: filter.operator, values: valuesOf(filter) }));
}

/** The rows that are conditions already; half-filled ones stay in the editor and are never stored. */
export function toFilters(rows: readonly FilterRow[]): Filter[] {
  return rows.flatMap(({ key, operator, values }) => {
    const [value] = values;
    if (key === '' || value === undefined) {
      return [];
    }
    return [{ key, operator, value, ...(takesList(operator) ? { values: [...values] } : {}) }];
  });
}

/** The row with another operator; what takes one value keeps the first. */
export function withOperator(row: FilterRow, operator: Filter['operator']): FilterRow {
  return { ...row, operator, values: takesList(operator) ? row.values : row.values.slice(0, 1) };
}
