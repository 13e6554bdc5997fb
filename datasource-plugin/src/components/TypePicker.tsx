import { Combobox } from '@grafana/ui';
import React from 'react';
import type { QueryType } from '../query';
import { Option } from './Option';

interface TypeOption {
  value: QueryType;
  label: string;
  description: string;
  /** Whether a rule can take its answer; the backend refuses the others there. */
  inRules: boolean;
}

const TYPES: readonly TypeOption[] = [
  { value: 'fireplot', label: 'Fireplot', description: 'Events as cells of time and port', inRules: false },
  { value: 'events', label: 'Events', description: 'The events one by one: logs or a table', inRules: false },
  { value: 'top', label: 'Top', description: 'The largest groups: ports, sources, rules', inRules: true },
  { value: 'scans', label: 'Scans', description: 'What detection found, with its curves', inRules: true },
  { value: 'spikes', label: 'Spikes', description: 'Ports that more sources than usual touched', inRules: true },
  { value: 'intel', label: 'Intel', description: 'Who on your lists knocked; what each list is worth', inRules: true },
  { value: 'dshield', label: 'Us and DShield', description: 'Our ports beside those of DShield', inRules: false },
  { value: 'sql', label: 'SQL', description: 'A statement of your own, with macros', inRules: true },
];

interface Props {
  id: string;
  value: QueryType;
  /** In an alert or recording rule. */
  rule: boolean;
  onChange: (type: QueryType) => void;
}

export function TypePicker({ id, value, rule, onChange }: Props): React.JSX.Element {
  // A type that does not fit is still named, so that one sees what the rule asks.
  const options = TYPES.filter((type) => !rule || type.inRules || type.value === value);
  return (
    <Option
      label="Query type"
      tooltip="Fireplot: cells for the fireplot panel or a heatmap. Events: log lines or a table. Top: largest groups. Scans and Spikes: findings, also as overlays of the fireplot panel. Intel: sources on lists of threat intelligence. Us and DShield: ports of the range's last 24 hours beside DShield's. SQL: anything else. A rule takes Top, Scans, Spikes, Intel or SQL."
    >
      <Combobox
        id={`${id}-type`}
        options={options.map((type) => ({ value: type.value, label: type.label, description: type.description }))}
        value={value}
        width={20}
        onChange={(option) => onChange(option.value)}
      />
    </Option>
  );
}
