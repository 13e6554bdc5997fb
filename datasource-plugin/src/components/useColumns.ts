import { useEffect, useState } from 'react';
import { COLUMNS } from '../columns';
import type { Resources } from '../resources';

export interface ColumnOption {
  value: string;
  label: string;
  description?: string;
}

const KNOWN: ColumnOption[] = Object.keys(COLUMNS).map((name) => ({ value: name, label: name }));

/** Columns to choose from: what the backend offers, and until it answers, or if it cannot, the names known here. */
export function useColumns(resources: Resources): ColumnOption[] {
  const [options, setOptions] = useState(KNOWN);
  useEffect(() => {
    let current = true;
    resources.columns().then(
      (columns) => {
        if (current && columns.length > 0) {
          setOptions(columns.map(({ name, about }) => ({ value: name, label: name, description: about })));
        }
      },
      () => undefined // Grafana has shown the error of the request.
    );
    return () => {
      current = false;
    };
  }, [resources]);
  return options;
}
