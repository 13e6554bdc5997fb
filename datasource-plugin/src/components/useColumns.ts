import { useEffect, useState } from 'react';
import { COLUMNS } from '../columns';
import type { ColumnInfo, Resources } from '../resources';

export interface ColumnOption {
  value: string;
  label: string;
  description?: string;
}

const KNOWN: ColumnOption[] = COLUMNS.map((name) => ({ value: name, label: name }));

const any = (): boolean => true;

/** Columns whose values can be listed or grouped by. */
export function isGroupable({ kind }: ColumnInfo): boolean {
  return kind !== 'time';
}

/**
 * Columns to choose from: what the backend offers, and until it answers, or if it cannot, the names known here.
 * `attrs` is left out: what a filter names is one of its keys, `attrs.mac` for one, and that is typed.
 */
export function useColumns(resources: Resources, wanted: (column: ColumnInfo) => boolean = any): ColumnOption[] {
  const [options, setOptions] = useState(KNOWN);
  useEffect(() => {
    let current = true;
    resources.columns().then(
      (columns) => {
        const offered = columns.filter((column) => column.kind !== 'attributes' && wanted(column));
        if (current && offered.length > 0) {
          setOptions(offered.map(({ name, about }) => ({ value: name, label: name, description: about })));
        }
      },
      () => undefined // Grafana has shown the error of the request.
    );
    return () => {
      current = false;
    };
  }, [resources, wanted]);
  return options;
}
