import { InlineSwitch, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import { DEFAULTS } from '../defaults';
import { FormatOption } from './FormatOption';
import { LimitOption } from './LimitOption';
import { Option } from './Option';
import type { OptionsProps } from './options';

const BY = [
  { value: 'source', label: 'By source', description: 'Who on the lists knocked' },
  { value: 'feed', label: 'By list', description: 'What each list is worth' },
] as const;

/** Options of threat intelligence: the lists in force, held against what is stored. */
export function IntelOptions(props: OptionsProps): React.JSX.Element {
  const { query, id, rule, set } = props;
  const by = query.by === 'feed' ? 'feed' : 'source';
  return (
    <>
      {!rule && (
        <Option
          label="Told"
          tooltip="By source: who on the lists knocked. By list: hits, overlap and age of each list."
        >
          <RadioButtonGroup
            aria-label="Told"
            options={[...BY]}
            value={by}
            onChange={(value) => set('by', value === 'source' ? undefined : value)}
          />
        </Option>
      )}
      <Option
        label="Let in"
        tooltip="Only listed sources of which a firewall let something in. A rule tells of these alone."
      >
        <InlineSwitch
          id={`${id}-only-allowed`}
          value={rule || (query.onlyAllowed ?? false)}
          disabled={rule}
          onChange={(event) => set('onlyAllowed', event.currentTarget.checked || undefined)}
        />
      </Option>
      <FormatOption
        {...props}
        formats={['table', 'timeseries', 'annotations', 'numeric']}
        ruleFormats={['numeric']}
        tooltip="Table: rows. Time series: events of listed sources, by list or by source. Annotations: a listed source's first knock, and where it was let in. Numbers: one labelled number a source, for alert rules."
      />
      {!rule && <LimitOption {...props} standard={DEFAULTS.intelLimit} tooltip="Rows at most." />}
    </>
  );
}
