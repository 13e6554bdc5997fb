import type { AdHocVariableFilter } from '@grafana/data';
import type { Scan } from './scan';

/** Grafana's ad-hoc filter. Panels may add filters with one value only by its types, with several in fact. */
export interface SourceFilter {
  key: string;
  operator: '=' | '=|';
  value: string;
  values?: string[];
  valueLabels?: string[];
}

/** Most sources in one filter: it stands in the URL. */
export const MOST_FILTERED = 50;

/** A filter for the sources of a finding; undefined when they are not told. */
export function sourceFilter(
  scan: Scan,
  key: string,
  present: readonly AdHocVariableFilter[] = []
): SourceFilter | undefined {
  const values = scan.sources.slice(0, MOST_FILTERED);
  const [only] = values;
  if (only === undefined) {
    return undefined;
  }
  if (values.length === 1) {
    return { key, operator: '=', value: only };
  }
  // Grafana takes filters of one key and value for the same, whatever else they hold
  const value = values.find((one) => !present.some((other) => other.key === key && other.value === one)) ?? only;
  return { key, operator: '=|', value, values, valueLabels: values };
}

/** Whether the dashboard is filtered to a finding's sources already: a second click has nothing to add. */
export function isFiltered(filter: SourceFilter, present: readonly AdHocVariableFilter[] = []): boolean {
  const wanted = (filter.values ?? [filter.value]).join('\n');
  return present.some(
    (other) =>
      other.key === filter.key &&
      other.operator === filter.operator &&
      (other.values ?? [other.value]).join('\n') === wanted
  );
}
