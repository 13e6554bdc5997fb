import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FirewallQuery } from '../query';
import { backendAnswering } from '../testing/backend';
import { layOut } from '../testing/dom';
import { QueryEditor } from './QueryEditor';

vi.mock('@grafana/ui', async (original) => ({
  ...(await original<typeof import('@grafana/ui')>()),
  CodeEditor: (await import('../testing/CodeEditorStandIn')).CodeEditorStandIn,
}));

beforeAll(layOut);
afterEach(cleanup);

function open(query: FirewallQuery) {
  const { datasource } = backendAnswering({ columns: [], schema: { tables: [], functions: [], macros: [] } });
  const changes: FirewallQuery[] = [];
  const onRunQuery = vi.fn();
  function Host() {
    const [current, setCurrent] = useState(query);
    return (
      <QueryEditor
        query={current}
        datasource={datasource}
        onRunQuery={onRunQuery}
        onChange={(changed) => {
          changes.push(changed);
          setCurrent(changed);
        }}
      />
    );
  }
  render(<Host />);
  return { changes, onRunQuery, user: userEvent.setup(), field: screen.getByLabelText('SQL') };
}

describe('SQL', () => {
  it('is stored and run when the editor is left, and only if it changed', () => {
    const { changes, onRunQuery, field } = open({ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' });
    fireEvent.blur(field);
    expect([changes.length, onRunQuery.mock.calls.length]).toEqual([0, 0]);
    fireEvent.change(field, { target: { value: 'SELECT 2' } });
    fireEvent.blur(field);
    expect(changes).toEqual([{ refId: 'A', queryType: 'sql', rawSql: 'SELECT 2' }]);
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('runs at Ctrl-Enter, changed or not, with the query as it is by then', async () => {
    const { changes, onRunQuery, field, user } = open({ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    expect([changes.length, onRunQuery.mock.calls.length]).toEqual([0, 1]);
    await user.click(screen.getByLabelText('Numbers'));
    fireEvent.change(field, { target: { value: 'SELECT 3' } });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'sql', format: 'numeric', rawSql: 'SELECT 3' });
  });

  it('shows the ad-hoc filters it carries, and takes them away one by one', async () => {
    const adhoc: FirewallQuery['adhoc'] = [
      { key: 'dst_port', operator: '=', value: '22' },
      { key: 'src_ip', operator: '=|', value: '', values: ['192.0.2.1', '192.0.2.2'] },
    ];
    const { changes, user } = open({ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1', adhoc });
    await user.click(screen.getByLabelText('Remove dst_port = 22'));
    expect(changes.at(-1)?.adhoc).toEqual([adhoc[1]]);
    await user.click(screen.getByLabelText('Remove src_ip one of (192.0.2.1, 192.0.2.2)'));
    expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' });
  });
});
