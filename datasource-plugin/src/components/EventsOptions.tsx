import React from 'react';
import { DEFAULTS } from '../defaults';
import { FormatOption } from './FormatOption';
import { LimitOption } from './LimitOption';
import type { OptionsProps } from './options';

export function EventsOptions(props: OptionsProps): React.JSX.Element {
  return (
    <>
      <FormatOption
        {...props}
        formats={['logs', 'table', 'volume']}
        tooltip="Logs: the lines, newest first, with labels. Table: a column for each field. Volume: counts by level over time."
      />
      {props.query.format !== 'volume' && (
        <LimitOption
          {...props}
          standard={DEFAULTS.eventsLimit}
          tooltip="Rows at most; the answer says how many there were. The data source's own limit still holds."
        />
      )}
    </>
  );
}
