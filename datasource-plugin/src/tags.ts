import type { DataSourceGetTagValuesOptions, MetricFindValue } from '@grafana/data';
import { toFilters } from './filters';
import type { FirewallQuery } from './query';
import { encodeFilters, type Resources } from './resources';

/** How many values a dropdown is offered; more can be typed. */
const MAX_VALUES = 1_000;

/** Keys of ad-hoc filters: the columns. A key of `attrs` (`attrs.mac`) can be typed; the map itself is no key. */
export async function tagKeys(resources: Resources): Promise<MetricFindValue[]> {
  const columns = await resources.columns();
  return columns.filter(({ kind }) => kind !== 'attributes').map(({ name }) => ({ text: name, value: name }));
}

/** Values of one key that still occur under the other filters, in the dashboard's range. */
export async function tagValues(
  resources: Resources,
  options: DataSourceGetTagValuesOptions<FirewallQuery>
): Promise<MetricFindValue[]> {
  const others = toFilters(options.filters).filter((filter) => filter.key !== options.key);
  const filters = encodeFilters(others);
  const values = await resources.values({
    column: options.key,
    limit: MAX_VALUES,
    ...(options.timeRange ? { from: options.timeRange.from.valueOf(), to: options.timeRange.to.valueOf() } : {}),
    ...(filters === undefined ? {} : { filters }),
  });
  return values.map(({ value, text }) => ({ text: text ?? value, value }));
}
