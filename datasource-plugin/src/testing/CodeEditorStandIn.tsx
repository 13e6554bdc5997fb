import type { CodeEditor } from '@grafana/ui';
import React, { useEffect, useRef, useState } from 'react';

type Props = React.ComponentProps<typeof CodeEditor>;
type Mount = NonNullable<Props['onEditorDidMount']>;

/**
 * Monaco needs a layout engine and is tested in the browser. This keeps its manners: what it is given at mount it
 * keeps, a blur hands over the text, actions run at Ctrl-Enter.
 */
export function CodeEditorStandIn({ value, monacoOptions, onBlur, onEditorDidMount }: Props): React.JSX.Element {
  const [text, setText] = useState(value);
  const [action, setAction] = useState<{ run: () => void }>();
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    const editor = { getModel: () => null, getValue: () => latest.current, addAction: setAction };
    const monaco = { KeyMod: { CtrlCmd: 2048 }, KeyCode: { Enter: 3 } };
    onEditorDidMount?.(editor as unknown as Parameters<Mount>[0], monaco as unknown as Parameters<Mount>[1]);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as Monaco, at mount only
  }, []);
  return (
    <textarea
      aria-label={monacoOptions?.ariaLabel}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onBlur?.(text)}
      onKeyDown={(event) => event.ctrlKey && event.key === 'Enter' && action?.run()}
    />
  );
}
