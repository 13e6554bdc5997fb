import { CoreApp } from '@grafana/data';
import { RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import type { QueryType } from '../query';
import { Option } from './Option';

const TYPES: ReadonlyArray<{ value: QueryType; label: string; description: string }> = [
  { value: 'fireplot', label: 'Fireplot', description: 'Events as cells of time and port' },
  { value: 'events', label: 'Events', description: 'The events one by one' },
  { value: 'top', label: 'Top', description: 'The largest groups: ports, sources, rules' },
  { value: 'sql', label: 'SQL', description: 'A statement of your own, with macros' },
];

/** A rule needs numbers; the backend refuses these types in one. */
const NOT_IN_RULES: QueryType[] = ['fireplot', 'events'];

interface Props {
  value: QueryType;
  app: CoreApp | undefined;
  onChange: (type: QueryType) => void;
}

export function TypePicker({ value, app, onChange }: Props): React.JSX.Element {
  const rule = app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
  return (
    <Option
      label="Query type"
      tooltip="Fireplot: cells for the fireplot panel or a heatmap. Events: log lines or a table. Top: largest groups. SQL: anything else."
    >
      <RadioButtonGroup
        aria-label="Query type"
        options={[...TYPES]}
        disabledOptions={rule ? NOT_IN_RULES : []}
        value={value}
        onChange={onChange}
      />
    </Option>
  );
}
