import { Field, FieldSet } from '@grafana/ui';
import React from 'react';
import { toNumber, wholeNumber } from '../checks';
import { CommitInput } from '../CommitInput';
import type { SectionProps } from './SectionProps';
import { withOption } from './settings';

export function StoreSection({ settings, onChange }: SectionProps): React.JSX.Element {
  const disabled = settings.readOnly ?? false;
  const { database, queryTimeout, maxRows } = settings.jsonData;
  return (
    <FieldSet label="Store and limits">
      <Field label="Database" description="Where the tables of fireplot are." disabled={disabled}>
        <CommitInput
          id="fireplot-database"
          width={30}
          value={database ?? ''}
          placeholder="fireplot"
          onCommit={(text) => onChange(withOption(settings, 'database', text.trim() || undefined))}
        />
      </Field>
      <Field
        label="Query timeout"
        description="Seconds a query may run before the server stops it."
        disabled={disabled}
      >
        <CommitInput
          id="fireplot-query-timeout"
          value={String(queryTimeout ?? '')}
          placeholder="30"
          check={wholeNumber(1, 3_600)}
          onCommit={(text) => onChange(withOption(settings, 'queryTimeout', toNumber(text)))}
        />
      </Field>
      <Field label="Rows at most" description="In the answer of a table, log or SQL query." disabled={disabled}>
        <CommitInput
          id="fireplot-max-rows"
          value={String(maxRows ?? '')}
          placeholder="10000"
          check={wholeNumber(1, 1_000_000)}
          onCommit={(text) => onChange(withOption(settings, 'maxRows', toNumber(text)))}
        />
      </Field>
    </FieldSet>
  );
}
