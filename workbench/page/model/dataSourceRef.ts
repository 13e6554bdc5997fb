import type { DataSourceRef } from '@grafana/data';
import { object, text } from './read';

/** Old files name a data source by a string. */
export function dataSourceRef(value: unknown): DataSourceRef | undefined {
  if (typeof value === 'string') return { uid: value };
  const ref = object(value);
  if (typeof ref.uid !== 'string' && typeof ref.type !== 'string') return undefined;
  return { uid: text(ref.uid) || undefined, type: text(ref.type) || undefined };
}
