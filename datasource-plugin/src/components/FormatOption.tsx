import { RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import type { FirewallQuery } from '../query';
import { Option } from './Option';
import type { OptionsProps } from './options';

type Format = NonNullable<FirewallQuery['format']>;

const LABELS: Record<Format, string> = {
  logs: 'Logs',
  table: 'Table',
  volume: 'Volume',
  timeseries: 'Time series',
  numeric: 'Numbers',
  annotations: 'Annotations',
};

/** A rule has no default: the format is stored, so that rule and editor mean the same. */
const RULE_FORMATS: readonly [Format, ...Format[]] = ['numeric', 'timeseries'];

interface Props extends OptionsProps {
  /** The first is the default, which is not stored. */
  formats: readonly [Format, ...Format[]];
  /** What a rule can take of them, when not both numbers and time series. */
  ruleFormats?: readonly [Format, ...Format[]];
  tooltip: string;
}

/** The shape of the answer. */
export function FormatOption({
  query,
  rule,
  set,
  formats,
  ruleFormats = RULE_FORMATS,
  tooltip,
}: Props): React.JSX.Element {
  const offered = rule ? ruleFormats : formats;
  const standard = rule ? undefined : formats[0];
  return (
    <Option label="Format" tooltip={tooltip}>
      <RadioButtonGroup
        aria-label="Format"
        options={offered.map((value) => ({ value, label: LABELS[value] }))}
        value={query.format ?? offered[0]}
        onChange={(format) => set('format', format === standard ? undefined : format)}
      />
    </Option>
  );
}
