import type { TimeRange } from '@grafana/data';
import { Button, InlineLabel, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import type { Filter } from '../query';
import type { Resources } from '../resources';
import { FilterRowEditor } from './FilterRowEditor';
import { EMPTY_ROW, type FilterRow, toFilters, toRows } from './filterRows';
import { useColumns } from './useColumns';

interface Props {
  filters: Filter[] | undefined;
  resources: Resources;
  range?: TimeRange | undefined;
  /** Gets complete conditions only; undefined when none is left. */
  onChange: (filters: Filter[] | undefined) => void;
}

/** Conditions joined by AND, a row each. */
export function FilterBuilder({ filters, resources, range, onChange }: Props): React.JSX.Element {
  const columns = useColumns(resources);
  const [rows, setRows] = useState(() => toRows(filters));
  // A change from outside (a click on a label, another query) replaces the rows; our own change comes back as it is.
  const given = JSON.stringify(filters ?? []);
  const [seen, setSeen] = useState(given);
  if (seen !== given) {
    setSeen(given);
    if (given !== JSON.stringify(toFilters(rows))) {
      setRows(toRows(filters));
    }
  }

  const change = (next: FilterRow[]) => {
    setRows(next);
    const complete = toFilters(next);
    if (JSON.stringify(complete) !== given) {
      onChange(complete.length > 0 ? complete : undefined);
    }
  };

  return (
    <Stack direction="row" gap={0.5} alignItems="flex-start">
      <InlineLabel
        width={16}
        tooltip="Conditions an event must meet, all of them. None: every event. Addresses take networks (192.0.2.0/24), ports take ranges (1000-2000), attrs.mac and the like can be typed as columns."
      >
        Filters
      </InlineLabel>
      <Stack direction="column" gap={0.5} alignItems="flex-start">
        {rows.map((row, i) => (
          <FilterRowEditor
            key={i}
            row={row}
            columns={columns}
            resources={resources}
            range={range}
            others={toFilters(rows.filter((_, other) => other !== i))}
            onChange={(changed) => change(rows.map((old, at) => (at === i ? changed : old)))}
            onRemove={() => change(rows.filter((_, at) => at !== i))}
          />
        ))}
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          type="button"
          onClick={() => setRows([...rows, EMPTY_ROW])}
          // One unfinished row at a time: a second would only be in the way.
          disabled={rows.some((row) => row.key === '')}
        >
          Add filter
        </Button>
      </Stack>
    </Stack>
  );
}
