export interface FilterItem {
  key: string;
  operator: string;
  value: string;
}

/** Adds a filter; one on the same key and value takes the new operator instead of standing there twice. */
export function mergeFilter<T extends FilterItem>(filters: T[], added: FilterItem): Array<T | FilterItem> {
  const same = (each: T) => each.key === added.key && each.value === added.value;
  if (filters.some(same)) return filters.map((each) => (same(each) ? { ...each, operator: added.operator } : each));
  return [...filters, added];
}
