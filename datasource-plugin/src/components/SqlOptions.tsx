import { Stack } from '@grafana/ui';
import React from 'react';
import type { FirewallQuery } from '../query';
import type { Resources } from '../resources';
import { CarriedFilters } from './CarriedFilters';
import { FormatOption } from './FormatOption';
import type { OptionsProps } from './options';
import { withField } from './queryChange';
import { SqlField } from './SqlField';

interface Props extends OptionsProps {
  resources: Resources;
  onChange: (query: FirewallQuery) => void;
  onRunQuery: () => void;
}

export function SqlOptions({ resources, onChange, onRunQuery, ...options }: Props): React.JSX.Element {
  const { query, set } = options;
  return (
    <Stack direction="column" gap={0.5}>
      <FormatOption
        {...options}
        formats={['table', 'timeseries', 'logs', 'numeric']}
        tooltip="Table: rows as they are. Time series: a time, numbers, and text columns as labels. Logs: time, message and labels. Numbers: text columns as labels of one number each, for alert rules."
      />
      <SqlField
        value={query.rawSql ?? ''}
        resources={resources}
        onCommit={(sql) => onChange(withField(query, 'rawSql', sql))}
        onRun={onRunQuery}
      />
      <CarriedFilters filters={query.adhoc} onChange={(filters) => set('adhoc', filters)} />
    </Stack>
  );
}
