import { InlineSwitch } from '@grafana/ui';
import React from 'react';
import { DEFAULTS } from '../defaults';
import { portOrVariable, toNumber, wholeNumber } from './checks';
import { CommitInput } from './CommitInput';
import { Option } from './Option';
import type { OptionsProps } from './options';

export function FireplotOptions({ query, id, set }: OptionsProps): React.JSX.Element {
  return (
    <>
      <Option
        label="From port"
        tooltip={`Lowest port; ${DEFAULTS.portFrom} when empty. With the variable \${port_from} here, dragging in the panel zooms by ports.`}
      >
        <CommitInput
          id={`${id}-port-from`}
          value={query.portFrom ?? ''}
          placeholder={DEFAULTS.portFrom}
          check={portOrVariable}
          onCommit={(text) => set('portFrom', text || undefined)}
        />
      </Option>
      <Option
        label="To port"
        tooltip={`Highest port, included; ${DEFAULTS.portTo} when empty. A variable such as \${port_to} may stand here.`}
      >
        <CommitInput
          id={`${id}-port-to`}
          value={query.portTo ?? ''}
          placeholder={DEFAULTS.portTo}
          check={portOrVariable}
          onCommit={(text) => set('portTo', text || undefined)}
        />
      </Option>
      <Option
        label="Rows a decade"
        tooltip="Height of the grid: rows for each factor of ten in ports. Empty follows the stored resolution, or the ports looked at when zoomed."
      >
        <CommitInput
          id={`${id}-rows-per-decade`}
          value={query.rowsPerDecade ? String(query.rowsPerDecade) : ''}
          placeholder="auto"
          check={wholeNumber(0, 5_000)}
          onCommit={(text) => set('rowsPerDecade', toNumber(text) || undefined)}
        />
      </Option>
      <Option
        label="Most cells"
        tooltip={`Over this many cells the grid gets coarser, first in time, then in ports; no event is left out. ${DEFAULTS.maxCells.toLocaleString('en')} when empty.`}
      >
        <CommitInput
          id={`${id}-max-cells`}
          value={query.maxCells === undefined ? '' : String(query.maxCells)}
          placeholder={String(DEFAULTS.maxCells)}
          check={wholeNumber(1_000, 2_000_000)}
          onCommit={(text) => set('maxCells', toNumber(text))}
        />
      </Option>
      <Option
        label="Listed sources"
        tooltip="Marks where sources knocked that are on a list of threat intelligence (fireplot intel add)."
      >
        <InlineSwitch
          id={`${id}-marks`}
          value={query.marks === 'intel'}
          onChange={(event) => set('marks', event.currentTarget.checked ? 'intel' : undefined)}
        />
      </Option>
      <Option
        label="Show tail"
        tooltip="Also own networks as sources, port 0, and the ends of old connections (FIN+ACK, RST). Off by default."
      >
        <InlineSwitch
          id={`${id}-show-tail`}
          value={query.showTail ?? false}
          onChange={(event) => set('showTail', event.currentTarget.checked || undefined)}
        />
      </Option>
      <Option
        label="Live"
        tooltip="Probes appear as they are stored, and the picture slides with the clock, while the time range ends now (Last 15 minutes, say)."
      >
        <InlineSwitch
          id={`${id}-live`}
          value={query.live ?? false}
          onChange={(event) => set('live', event.currentTarget.checked || undefined)}
        />
      </Option>
    </>
  );
}
