import { InlineField } from '@grafana/ui';
import React from 'react';

interface Props {
  label: string;
  /** What it does, and what happens without it. */
  tooltip: string;
  children: React.ReactElement<Record<string, unknown>>;
}

/** A labelled option of the query editor; its child takes the label by its `id`. */
export function Option({ label, tooltip, children }: Props): React.JSX.Element {
  return (
    <InlineField label={label} labelWidth={16} tooltip={tooltip}>
      {children}
    </InlineField>
  );
}
