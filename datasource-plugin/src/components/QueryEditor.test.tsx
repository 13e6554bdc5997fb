import { CoreApp, dateTime } from '@grafana/data';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FirewallQuery } from '../query';
import { backendAnswering } from '../testing/backend';
import { layOut } from '../testing/dom';
import { QueryEditor } from './QueryEditor';

beforeAll(layOut);
afterEach(cleanup);

const COLUMNS = [
  { name: 'dst_port', kind: 'number', type: 'UInt16', about: '0 for protocols without ports' },
  { name: 'time', kind: 'time', type: 'DateTime64', about: '' },
  { name: 'attrs', kind: 'attributes', type: 'Map', about: '' },
  { name: 'src_ip', kind: 'address', type: 'IPv6', about: 'IPv4 mapped' },
];
const VALUES = [{ value: '22', text: 'ssh' }, { value: '443' }];
const [from, to] = [dateTime('2026-11-22T00:00:00Z'), dateTime('2026-11-23T00:00:00Z')];

/** The editor in a host that keeps the query, as Grafana does. */
function open(query: FirewallQuery, app = CoreApp.PanelEditor) {
  const backend = backendAnswering({ columns: COLUMNS, values: VALUES });
  const changes: FirewallQuery[] = [];
  const onRunQuery = vi.fn();
  let replace: (query: FirewallQuery) => void = () => undefined;
  function Host() {
    const [current, setCurrent] = useState(query);
    replace = setCurrent;
    return (
      <QueryEditor
        query={current}
        datasource={backend.datasource}
        app={app}
        range={{ from, to, raw: { from, to } }}
        onRunQuery={onRunQuery}
        onChange={(changed) => {
          changes.push(changed);
          setCurrent(changed);
        }}
      />
    );
  }
  const before = structuredClone(query);
  render(<Host />);
  return {
    ...backend,
    changes,
    onRunQuery,
    replace: (next: FirewallQuery) => replace(next),
    last: () => {
      expect(query).toEqual(before);
      return changes.at(-1);
    },
    user: userEvent.setup(),
  };
}

async function choose(user: ReturnType<typeof userEvent.setup>, field: HTMLElement, option: RegExp) {
  await user.click(field);
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('QueryEditor', () => {
  it('has the label that browser tests look for', () => {
    open({ refId: 'A', queryType: 'fireplot' });
    expect(screen.getByLabelText('Query type')).toBeTruthy();
    for (const label of ['From port', 'To port', 'Rows a decade', 'Most cells', 'Show tail']) {
      expect(screen.getByLabelText(label), label).toBeTruthy();
    }
  });

  it('asks for scans by kind, pace and flags, and stores no default', async () => {
    const { user, last } = open({ refId: 'A', queryType: 'scans' });
    await choose(user, screen.getByLabelText('Pace'), /^Slow/);
    await user.click(screen.getByLabelText('Odd flags'));
    expect(last()).toEqual({ refId: 'A', queryType: 'scans', pace: 'slow', oddFlags: true });
    await choose(user, screen.getByLabelText('Pace'), /^Any pace/);
    await user.click(screen.getByLabelText('Odd flags'));
    expect(last()).toEqual({ refId: 'A', queryType: 'scans' });
  });

  it('offers a rule numbers alone for spikes, which have no kinds', () => {
    open({ refId: 'A', queryType: 'spikes', format: 'numeric' }, CoreApp.UnifiedAlerting);
    const formats = within(screen.getByRole('radiogroup', { name: 'Format' }));
    expect(formats.getAllByRole('radio')).toHaveLength(1);
    expect(screen.queryByLabelText('Kinds')).toBeNull();
    expect(screen.queryByLabelText('Limit')).toBeNull();
  });

  it('changes the type, keeps the conditions and drops what means something else there', async () => {
    const filters: FirewallQuery['filters'] = [{ key: 'dst_port', operator: '=', value: '22' }];
    const { user, last, onRunQuery } = open({ refId: 'A', queryType: 'events', format: 'table', limit: 5, filters });
    await choose(user, screen.getByLabelText('Query type'), /^Top/);
    expect(last()).toEqual({ refId: 'A', queryType: 'top', filters });
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('offers a rule only what a rule can take', async () => {
    const { user } = open({ refId: 'A', queryType: 'top', format: 'numeric' }, CoreApp.UnifiedAlerting);
    await user.click(screen.getByLabelText('Query type'));
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual([
      expect.stringMatching(/^Top/),
      expect.stringMatching(/^Scans/),
      expect.stringMatching(/^Spikes/),
      expect.stringMatching(/^Intel/),
      expect.stringMatching(/^SQL/),
    ]);
    const formats = within(screen.getByLabelText('Format')).getAllByRole('radio');
    expect(formats).toHaveLength(2);
  });

  it('stores the format of a rule, whatever the type', async () => {
    const { user, last } = open({ refId: 'A', queryType: 'top', format: 'numeric' }, CoreApp.UnifiedAlerting);
    await user.click(screen.getByLabelText('Time series'));
    expect(last()?.format).toBe('timeseries');
    await user.click(screen.getByLabelText('Numbers'));
    expect(last()?.format).toBe('numeric');
  });

  it('stores what differs from the defaults, and forgets it again', async () => {
    const { user, last } = open({ refId: 'A', queryType: 'fireplot' });
    await user.click(screen.getByLabelText('Show tail'));
    expect(last()).toEqual({ refId: 'A', queryType: 'fireplot', showTail: true });
    await user.click(screen.getByLabelText('Show tail'));
    expect(last()).toEqual({ refId: 'A', queryType: 'fireplot' });
  });

  it('takes a text when it is left or Enter is pressed, and not before', async () => {
    const { user, last, changes, onRunQuery } = open({ refId: 'A', queryType: 'fireplot' });
    await user.type(screen.getByLabelText('From port'), '1024');
    expect(changes).toEqual([]);
    await user.tab();
    expect(last()).toEqual({ refId: 'A', queryType: 'fireplot', portFrom: '1024' });
    await user.type(screen.getByLabelText('To port'), '$' + '{{port_to}{Enter}');
    expect(last()?.portTo).toBe('${port_to}');
    await user.clear(screen.getByLabelText('From port'));
    await user.tab();
    expect(last()).not.toHaveProperty('portFrom');
    expect(onRunQuery).toHaveBeenCalledTimes(3);
  });

  it.each(['0', '65536', 'ssh', '22.5'])('does not take %s as a port, and says why', async (text) => {
    const { user, changes } = open({ refId: 'A', queryType: 'fireplot' });
    const field = screen.getByLabelText('From port');
    await user.type(field, `${text}{Enter}`);
    expect(changes).toEqual([]);
    expect(field.title).toMatch(/whole number from 1 to 65535/);
  });

  it('offers columns that can be grouped by', async () => {
    const { user, last } = open({ refId: 'A', queryType: 'top' });
    await user.click(screen.getByLabelText('Group by'));
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent?.split(/(?=[A-Z0])/)[0])).toEqual(['dst_port', 'src_ip']);
    await user.click(options[1]!);
    expect(last()).toEqual({ refId: 'A', queryType: 'top', by: 'src_ip' });
  });

  it('stores the format, but not the default one', async () => {
    const { user, last } = open({ refId: 'A', queryType: 'top' });
    await user.click(screen.getByLabelText('Numbers'));
    expect(last()).toEqual({ refId: 'A', queryType: 'top', format: 'numeric' });
    await user.click(screen.getByLabelText('Table'));
    expect(last()).toEqual({ refId: 'A', queryType: 'top' });
  });
});

describe('QueryEditor, filters', () => {
  it('adds a condition once it is whole, with values of the range', async () => {
    const { user, last, changes, asked, onRunQuery } = open({ refId: 'A', queryType: 'events' });
    await user.click(screen.getByText('Add filter'));
    await choose(user, screen.getByLabelText('Column'), /dst_port/);
    expect(changes).toEqual([]);
    await choose(user, screen.getByLabelText('Value'), /22/);
    expect(last()).toEqual({
      refId: 'A',
      queryType: 'events',
      filters: [{ key: 'dst_port', operator: '=', value: '22' }],
    });
    expect(onRunQuery).toHaveBeenCalledTimes(1);
    expect(asked.find(({ path }) => path === 'values')?.params).toEqual({
      column: 'dst_port',
      limit: 100,
      from: from.valueOf(),
      to: to.valueOf(),
    });
  });

  it('changes the operator, and takes the last condition away without a trace', async () => {
    const { user, last } = open({
      refId: 'A',
      queryType: 'events',
      filters: [{ key: 'dst_port', operator: '=', value: '22' }],
    });
    await choose(user, screen.getByLabelText('Operator'), /^none of/);
    expect(last()?.filters).toEqual([{ key: 'dst_port', operator: '!=|', value: '22', values: ['22'] }]);
    await user.click(screen.getByLabelText('Remove filter'));
    expect(last()).toEqual({ refId: 'A', queryType: 'events' });
  });

  it('asks for values under the other conditions only', async () => {
    const { user, asked } = open({
      refId: 'A',
      queryType: 'events',
      filters: [
        { key: 'dst_port', operator: '=', value: '22' },
        { key: 'src_ip', operator: '=', value: '192.0.2.1' },
      ],
    });
    await user.click(screen.getAllByLabelText('Value')[1]!);
    await waitFor(() => expect(asked.some(({ path }) => path === 'values')).toBe(true));
    const params = asked.find(({ path }) => path === 'values')!.params;
    expect(params['column']).toBe('src_ip');
    expect(JSON.parse(String(params['filters']))).toEqual([{ key: 'dst_port', operator: '=', value: '22' }]);
  });

  it('shows a condition that came from outside', async () => {
    const { replace } = open({ refId: 'A', queryType: 'events' });
    act(() => replace({ refId: 'A', queryType: 'events', filters: [{ key: 'rule', operator: '=~', value: '^drop' }] }));
    const value = await screen.findByLabelText<HTMLInputElement>('Value');
    expect(value.value).toBe('^drop');
  });
});
