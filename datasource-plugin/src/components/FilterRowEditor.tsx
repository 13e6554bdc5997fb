import type { TimeRange } from '@grafana/data';
import { Combobox, IconButton, MultiCombobox, Stack } from '@grafana/ui';
import React, { useId } from 'react';
import { OPERATORS, takesList } from '../filters';
import type { Filter } from '../query';
import { encodeFilters, type Resources } from '../resources';
import { type FilterRow, withOperator } from './filterRows';
import { HiddenLabel } from './HiddenLabel';
import type { ColumnOption } from './useColumns';

/** Suggestions shown at once; the search narrows them. */
const SUGGESTIONS = 100;

interface Props {
  row: FilterRow;
  columns: ColumnOption[];
  resources: Resources;
  range: TimeRange | undefined;
  /** The other conditions: only values that occur under them are suggested. */
  others: Filter[];
  onChange: (row: FilterRow) => void;
  onRemove: () => void;
}

const OPERATOR_OPTIONS = OPERATORS.map(({ value, label, about }) => ({ value, label, description: about }));

export function FilterRowEditor({
  row,
  columns,
  resources,
  range,
  others,
  onChange,
  onRemove,
}: Props): React.JSX.Element {
  const id = useId();
  const suggest = async (search: string) => {
    if (row.key === '') {
      return [];
    }
    const filters = encodeFilters(others);
    const values = await resources.values({
      column: row.key,
      limit: SUGGESTIONS,
      ...(search === '' ? {} : { search }),
      ...(range ? { from: range.from.valueOf(), to: range.to.valueOf() } : {}),
      ...(filters === undefined ? {} : { filters }),
    });
    return values.map(({ value, text }) => ({
      value,
      label: value,
      ...(text === undefined ? {} : { description: text }),
    }));
  };
  const valueProps = {
    id: `${id}-value`,
    placeholder: 'Choose or type',
    options: suggest,
    createCustomValue: true,
  } as const;
  return (
    <Stack direction="row" gap={0.5} alignItems="center">
      <HiddenLabel htmlFor={`${id}-column`}>Column</HiddenLabel>
      <HiddenLabel htmlFor={`${id}-operator`}>Operator</HiddenLabel>
      <HiddenLabel htmlFor={`${id}-value`}>Value</HiddenLabel>
      <Combobox
        id={`${id}-column`}
        placeholder="Column"
        options={columns}
        value={row.key === '' ? null : row.key}
        createCustomValue
        width={20}
        onChange={({ value }) => onChange(value === row.key ? row : { ...row, key: value, values: [] })}
      />
      <Combobox
        id={`${id}-operator`}
        options={OPERATOR_OPTIONS}
        value={row.operator}
        width={12}
        onChange={({ value }) => onChange(withOperator(row, value))}
      />
      {takesList(row.operator) ? (
        <MultiCombobox
          // Another column: none of the values listed so far.
          key={row.key}
          {...valueProps}
          width="auto"
          minWidth={30}
          maxWidth={80}
          value={row.values.map((value) => ({ value, label: value }))}
          onChange={(chosen) => onChange({ ...row, values: chosen.map(({ value }) => value) })}
        />
      ) : (
        <Combobox
          // Another column: none of the values listed so far.
          key={row.key}
          {...valueProps}
          width={30}
          value={row.values[0] === undefined ? null : { value: row.values[0], label: row.values[0] }}
          onChange={({ value }) => onChange({ ...row, values: [value] })}
        />
      )}
      <IconButton name="times" aria-label="Remove filter" tooltip="Remove filter" onClick={onRemove} />
    </Stack>
  );
}
