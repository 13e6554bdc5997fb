import { Stack } from '@grafana/ui';
import React from 'react';
import type { FirewallQuery } from '../query';
import type { Resources } from '../resources';
import { CarriedFilters } from './CarriedFilters';
import type { OptionsProps } from './options';
import { withField } from './queryChange';
import { SqlField } from './SqlField';

interface Props extends OptionsProps {
  resources: Resources;
  onChange: (query: FirewallQuery) => void;
  onRunQuery: () => void;
}

export function SqlOptions({ resources, onChange, onRunQuery, query, set }: Props): React.JSX.Element {
  return (
    <Stack direction="column" gap={0.5}>
      <SqlField
        value={query.rawSql ?? ''}
        resources={resources}
        onCommit={(sql) => onChange(withField(query, 'rawSql', sql))}
        onRun={onRunQuery}
      />
      {/* The editor puts none into `filters`, but the backend applies them, so they are shown. */}
      <CarriedFilters filters={query.filters} onChange={(filters) => set('filters', filters)} />
      <CarriedFilters filters={query.adhoc} onChange={(filters) => set('adhoc', filters)} />
    </Stack>
  );
}
