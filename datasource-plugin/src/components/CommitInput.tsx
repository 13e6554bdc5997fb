import { Input } from '@grafana/ui';
import React, { useState } from 'react';

interface Props {
  id: string;
  value: string;
  placeholder: string;
  width?: number;
  disabled?: boolean;
  /** Why a text cannot be taken, '' when it can. */
  check?: (text: string) => string;
  /** Called with a text that passed `check` and differs, when the field is left or Enter is pressed. */
  onCommit: (text: string) => void;
}

/** A text field that tells its value when the person is done, not at each key. A text that fails `check` stays. */
export function CommitInput({
  id,
  value,
  placeholder,
  width = 14,
  disabled,
  check,
  onCommit,
}: Props): React.JSX.Element {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  const problem = check?.(text) ?? '';
  const commit = () => {
    if (text !== value && problem === '') {
      onCommit(text);
    }
  };
  return (
    <Input
      id={id}
      value={text}
      placeholder={placeholder}
      width={width}
      disabled={disabled}
      invalid={problem !== ''}
      title={problem}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          commit();
        }
      }}
    />
  );
}
