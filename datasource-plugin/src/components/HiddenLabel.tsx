import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

/** A label that is read out and found by tests, for a field whose neighbours make plain to the eye what it is. */
export function HiddenLabel({ htmlFor, children }: { htmlFor: string; children: string }): React.JSX.Element {
  const className = useStyles2(getClass);
  return (
    <label htmlFor={htmlFor} className={className}>
      {children}
    </label>
  );
}

const getClass = () =>
  css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' });
