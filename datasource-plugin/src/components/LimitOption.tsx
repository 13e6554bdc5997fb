import React from 'react';
import { toNumber, wholeNumber } from './checks';
import { CommitInput } from './CommitInput';
import { Option } from './Option';
import type { OptionsProps } from './options';

interface Props extends OptionsProps {
  standard: number;
  tooltip: string;
}

export function LimitOption({ query, id, set, standard, tooltip }: Props): React.JSX.Element {
  return (
    <Option label="Limit" tooltip={`${tooltip} ${standard.toLocaleString('en')} when empty.`}>
      <CommitInput
        id={`${id}-limit`}
        value={query.limit === undefined ? '' : String(query.limit)}
        placeholder={String(standard)}
        check={wholeNumber(1, 1_000_000)}
        onCommit={(text) => set('limit', toNumber(text))}
      />
    </Option>
  );
}
