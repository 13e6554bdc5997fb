import { Combobox, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import { DEFAULTS } from '../defaults';
import type { Resources } from '../resources';
import { FormatOption } from './FormatOption';
import { LimitOption } from './LimitOption';
import { Option } from './Option';
import type { OptionsProps } from './options';
import { isGroupable, useColumns } from './useColumns';

const MEASURES = [
  { value: 'events', label: 'All events', description: 'How many packets were logged' },
  { value: 'sources', label: 'Distinct sources', description: 'How many different source addresses' },
  { value: 'targets', label: 'Distinct targets', description: 'How many different target addresses' },
] as const;

interface Props extends OptionsProps {
  resources: Resources;
}

export function TopOptions({ resources, ...props }: Props): React.JSX.Element {
  const { query, id, set } = props;
  const columns = useColumns(resources, isGroupable);
  return (
    <>
      <Option label="Group by" tooltip={`The column whose largest groups are wanted; ${DEFAULTS.by} by default.`}>
        <Combobox
          id={`${id}-by`}
          options={columns}
          value={query.by ?? DEFAULTS.by}
          createCustomValue
          width={20}
          onChange={({ value }) => set('by', value === DEFAULTS.by ? undefined : value)}
        />
      </Option>
      <Option
        label="Count"
        tooltip="What makes a group large: its events (default), or how many sources or targets it has."
      >
        <RadioButtonGroup
          aria-label="Count"
          options={[...MEASURES]}
          value={query.measure ?? DEFAULTS.measure}
          onChange={(measure) => set('measure', measure === DEFAULTS.measure ? undefined : measure)}
        />
      </Option>
      <FormatOption
        {...props}
        formats={['table', 'timeseries', 'numeric']}
        tooltip="Table: a row for each group. Time series: its course. Numbers: one labelled number for each group, which an alert rule can take as it is."
      />
      <LimitOption {...props} standard={DEFAULTS.topLimit} tooltip="Groups at most." />
    </>
  );
}
