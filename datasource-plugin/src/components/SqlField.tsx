import { CodeEditor, type Monaco, type MonacoEditor } from '@grafana/ui';
import React, { useEffect, useRef } from 'react';
import type { Resources } from '../resources';
import { completions, registerCompletion } from './sqlCompletion';

interface Props {
  value: string;
  resources: Resources;
  /** Told when the editor is left or a run is asked for. */
  onCommit: (sql: string) => void;
  onRun: () => void;
}

/** Monaco for ClickHouse SQL: completion of macros, tables and columns; Ctrl-Enter or Cmd-Enter runs. */
export function SqlField({ value, resources, onCommit, onRun }: Props): React.JSX.Element {
  // Monaco keeps what it was given at mount; it reaches the present props through this.
  const latest = useRef({ value, onCommit, onRun });
  useEffect(() => {
    latest.current = { value, onCommit, onRun };
  });
  const completion = useRef<{ dispose: () => void } | undefined>(undefined);

  const mounted = (editor: MonacoEditor, monaco: Monaco) => {
    const modelId = editor.getModel()?.id;
    if (modelId !== undefined) {
      completion.current = registerCompletion(monaco, modelId, async () => completions(await resources.schema()));
    }
    editor.addAction({
      id: 'fireplot-run-query',
      label: 'Run query',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      run: () => {
        const sql = editor.getValue();
        if (sql !== latest.current.value) {
          latest.current.onCommit(sql);
        }
        latest.current.onRun();
      },
    });
  };

  return (
    <CodeEditor
      language="sql"
      value={value}
      height={200}
      showLineNumbers
      showMiniMap={false}
      monacoOptions={{ ariaLabel: 'SQL', scrollBeyondLastLine: false, fontSize: 13 }}
      onEditorDidMount={mounted}
      onEditorWillUnmount={() => completion.current?.dispose()}
      onBlur={(sql) => {
        if (sql !== value) {
          onCommit(sql);
          onRun();
        }
      }}
    />
  );
}
