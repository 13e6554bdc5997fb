import { Combobox, InlineSwitch, MultiCombobox } from '@grafana/ui';
import React from 'react';
import { DEFAULTS } from '../defaults';
import { SCAN_KINDS, SEVERITIES } from '../query';
import { FormatOption } from './FormatOption';
import { LimitOption } from './LimitOption';
import { Option } from './Option';
import type { OptionsProps } from './options';

const PACES = [
  { value: '', label: 'Any pace' },
  { value: 'fast', label: 'Fast' },
  { value: 'slow', label: 'Slow' },
] as const;

/** Options of what detection found: scans, and port spikes, which have no kinds, flags or pace. */
export function FindingOptions(props: OptionsProps): React.JSX.Element {
  const { query, id, rule, set } = props;
  return (
    <>
      {query.queryType === 'scans' && (
        <>
          <Option label="Kinds" tooltip="Kinds of scan; all when empty.">
            <MultiCombobox
              id={`${id}-kinds`}
              options={SCAN_KINDS.map((kind) => ({ value: kind, label: kind }))}
              value={query.kinds ?? []}
              placeholder="all"
              width={30}
              onChange={(chosen) => set('kinds', chosen.length === 0 ? undefined : chosen.map(({ value }) => value))}
            />
          </Option>
          <Option label="Pace" tooltip="Slow: minutes between probes, over an hour or more.">
            <Combobox
              id={`${id}-pace`}
              options={[...PACES]}
              value={query.pace ?? ''}
              width={14}
              onChange={({ value }) => set('pace', value === '' ? undefined : value)}
            />
          </Option>
          <Option label="Odd flags" tooltip="Only scans whose TCP flags no normal connection starts with.">
            <InlineSwitch
              id={`${id}-odd-flags`}
              value={query.oddFlags ?? false}
              onChange={(event) => set('oddFlags', event.currentTarget.checked || undefined)}
            />
          </Option>
        </>
      )}
      <Option label="At least" tooltip="How much a finding must matter. What only informs never raises an alert.">
        <Combobox
          id={`${id}-severity`}
          options={SEVERITIES.map((severity) => ({ value: severity, label: severity }))}
          value={query.minSeverity ?? DEFAULTS.minSeverity}
          width={14}
          onChange={({ value }) => set('minSeverity', value === DEFAULTS.minSeverity ? undefined : value)}
        />
      </Option>
      <Option label="Known" tooltip="Also findings that a suppression names as known and wanted.">
        <InlineSwitch
          id={`${id}-known`}
          value={query.showKnown ?? false}
          onChange={(event) => set('showKnown', event.currentTarget.checked || undefined)}
        />
      </Option>
      <FormatOption
        {...props}
        formats={['table', 'annotations', 'numeric']}
        ruleFormats={['numeric']}
        tooltip="Table: for the fireplot panel's overlays and for tables. Annotations: regions with a title. Numbers: one labelled number a finding, for alert rules."
      />
      {!rule && <LimitOption {...props} standard={DEFAULTS.findingLimit} tooltip="Findings at most, the weightiest." />}
    </>
  );
}
