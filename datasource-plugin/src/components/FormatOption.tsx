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
};

interface Props extends OptionsProps {
  /** The first is the default. */
  formats: readonly [Format, ...Format[]];
  tooltip: string;
}

/** The shape of the answer; the default is not stored. */
export function FormatOption({ query, set, formats, tooltip }: Props): React.JSX.Element {
  const [standard] = formats;
  return (
    <Option label="Format" tooltip={tooltip}>
      <RadioButtonGroup
        aria-label="Format"
        options={formats.map((value) => ({ value, label: LABELS[value] }))}
        value={query.format ?? standard}
        onChange={(format) => set('format', format === standard ? undefined : format)}
      />
    </Option>
  );
}
