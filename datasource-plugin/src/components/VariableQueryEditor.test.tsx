import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FirewallQuery } from '../query';
import { backendAnswering } from '../testing/backend';
import { layOut } from '../testing/dom';
import { VariableQueryEditor } from './VariableQueryEditor';

vi.mock('@grafana/ui', async (original) => ({
  ...(await original<typeof import('@grafana/ui')>()),
  CodeEditor: (await import('../testing/CodeEditorStandIn')).CodeEditorStandIn,
}));

beforeAll(layOut);
afterEach(cleanup);

function open(query: FirewallQuery | string) {
  const { datasource } = backendAnswering({
    columns: [{ name: 'sensor', kind: 'words', type: 'String', about: 'who logged' }],
  });
  const changes: FirewallQuery[] = [];
  function Host() {
    // Dashboards may hold a text here; Grafana hands it over as it is.
    const [current, setCurrent] = useState(query as FirewallQuery);
    return (
      <VariableQueryEditor
        query={current}
        datasource={datasource}
        onRunQuery={vi.fn()}
        onChange={(changed) => {
          changes.push(changed);
          setCurrent(changed);
        }}
      />
    );
  }
  render(<Host />);
  return { changes, user: userEvent.setup() };
}

describe('VariableQueryEditor', () => {
  it('chooses a column', async () => {
    const { changes, user } = open('');
    await user.click(screen.getByLabelText('Column'));
    await user.click(await screen.findByRole('option', { name: /sensor/ }));
    expect(changes).toEqual([{ refId: 'variable', queryType: 'variable', column: 'sensor' }]);
  });

  it('shows the column that a dashboard names by a plain text', () => {
    open('sensor');
    expect(screen.getByLabelText<HTMLInputElement>('Column').value).toBe('sensor');
  });

  it('changes to SQL and back', async () => {
    const { changes, user } = open({ refId: 'A', queryType: 'variable', column: 'sensor' });
    await user.click(screen.getByLabelText('From SQL'));
    expect(changes.at(-1)).toMatchObject({ queryType: 'sql', rawSql: expect.stringContaining('$__timeFilter(time)') });
    await user.click(screen.getByLabelText('Column values'));
    expect(changes.at(-1)).toMatchObject({ refId: 'A', queryType: 'variable', column: 'sensor' });
  });
});
