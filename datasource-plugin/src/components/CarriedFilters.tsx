import { Button, InlineLabel, Stack } from '@grafana/ui';
import React from 'react';
import { filterText, withoutFilter } from '../filters';
import type { Filter } from '../query';

interface Props {
  filters: Filter[] | undefined;
  onChange: (filters: Filter[] | undefined) => void;
}

/** The ad-hoc filters an SQL query carries: from clicks on labels and cells, or from a dashboard. */
export function CarriedFilters({ filters, onChange }: Props): React.JSX.Element | null {
  if (!filters || filters.length === 0) {
    return null;
  }
  return (
    <Stack direction="row" gap={0.5} wrap="wrap" alignItems="center">
      <InlineLabel
        width={16}
        tooltip="Conditions added by clicks on values or carried over from a dashboard. They apply where $__adHoc or $__adHocFilters stands, or else to every table that has their columns."
      >
        Ad-hoc filters
      </InlineLabel>
      {filters.map((filter) => (
        <Button
          key={filterText(filter)}
          variant="secondary"
          size="sm"
          icon="times"
          type="button"
          aria-label={`Remove ${filterText(filter)}`}
          onClick={() => {
            const rest = withoutFilter(filters, filter);
            onChange(rest.length > 0 ? rest : undefined);
          }}
        >
          {filterText(filter)}
        </Button>
      ))}
    </Stack>
  );
}
