import React from 'react';
import { CoreApp, createDataFrame, FieldType, type DataQueryRequest } from '@grafana/data';
import { config } from '@grafana/runtime';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { OWN_TYPE } from './askCell';
import { giveCanvas } from './testing/canvas';
import { cellsFrame, Panel, type Shown } from './testing/panel';
import { scansFrame } from './testing/scans';

beforeAll(giveCanvas);
afterEach(() => {
  cleanup();
  config.publicDashboardAccessToken = '';
});

const CELLS = cellsFrame([[60, 22, 23, 5, 0]]);
const PAIR = {
  id: 'y1',
  kind: 'synchronised',
  severity: 'high',
  sources: '["192.0.2.1","192.0.2.2"]',
  source_count: 2,
};
const SCANS = scansFrame([{ id: 'v1', sources: '["192.0.2.7"]' }, PAIR, { id: 'v2', severity: 'low' }]);

async function open(shown: Shown = {}) {
  const view = render(<Panel data={{ series: [CELLS, SCANS], ...shown.data }} {...shown} />);
  const panel = screen.getByTestId('fireplot-panel');
  await waitFor(() => expect(panel.dataset.plot).not.toBe('0,0,0,0'));
  return { ...view, panel };
}

const legend = () => within(screen.getByTestId('fireplot-scan-legend')).getAllByRole('button');
const listed = () => within(screen.getByTestId('fireplot-scan-list')).getAllByRole('button');

describe('a panel with findings', () => {
  it('draws them over the cells, and counts none of them among its rows', async () => {
    const { panel } = await open();
    expect(panel.dataset).toMatchObject({ cells: '1', scans: '3' });
    expect(screen.getByTestId('fireplot-scans')).toBeTruthy();
    expect(screen.getByTestId('fireplot-caption').textContent).not.toContain('not shown');
  });

  it('draws them over rows of another data source, and alone', async () => {
    const rows = createDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: [CELLS.fields[0]!.values[2]] },
        { name: 'dst_port', type: FieldType.number, values: [22] },
      ],
    });
    expect((await open({ data: { series: [rows, SCANS] } })).panel.dataset).toMatchObject({ cells: '1', scans: '3' });
    cleanup();
    expect((await open({ data: { series: [SCANS] } })).panel.dataset).toMatchObject({ cells: '0', scans: '3' });
    expect(screen.queryByTestId('fireplot-empty')).toBeNull();
    expect(screen.queryByTestId('fireplot-no-field')).toBeNull();
  });

  it('has nothing of them when there are none', async () => {
    const { panel } = await open({ data: { series: [CELLS] } });
    expect(panel.dataset.scans).toBe('0');
    for (const part of ['fireplot-scans', 'fireplot-scan-legend', 'fireplot-scan-list']) {
      expect(screen.queryByTestId(part)).toBeNull();
    }
  });

  it('draws only what the options ask for', async () => {
    expect((await open({ options: { showScans: false } })).panel.dataset.scans).toBe('0');
    cleanup();
    expect((await open({ options: { scanKinds: ['synchronised'] } })).panel.dataset.scans).toBe('1');
  });

  it('says what it could not draw', async () => {
    const series = [CELLS, scansFrame([{}, { min_port: null }])];
    await open({ data: { series } });
    expect(screen.getByTestId('fireplot-caption').textContent).toContain('1 scan left out');
  });
});

describe('the legend of findings', () => {
  it('counts all, and each kind when there are several', async () => {
    await open();
    expect(legend().map((button) => button.textContent)).toEqual(['Scans3', 'vertical2', 'synchronised1']);
    cleanup();
    await open({ data: { series: [CELLS, scansFrame([{}])] } });
    expect(legend().map((button) => button.textContent)).toEqual(['Scans1']);
  });

  it('dims, hides and shows again', async () => {
    const { panel } = await open();
    const seen = () => [panel.dataset.scans, ...legend().map((button) => button.getAttribute('aria-pressed'))];
    expect(seen()).toEqual(['3', 'true', 'true', 'true']);
    fireEvent.click(legend()[1]!);
    expect(seen()).toEqual(['3', 'mixed', 'mixed', 'true']);
    fireEvent.click(legend()[1]!);
    expect(seen()).toEqual(['1', 'mixed', 'false', 'true']);
    fireEvent.click(legend()[0]!);
    expect(seen()).toEqual(['3', 'true', 'true', 'true']);
  });

  it('is remembered when new data comes in', async () => {
    const { panel, rerender } = await open();
    fireEvent.click(legend()[2]!);
    fireEvent.click(legend()[2]!);
    rerender(<Panel data={{ series: [CELLS, scansFrame([PAIR, {}])] }} />);
    await waitFor(() => expect(panel.dataset.scans).toBe('1'));
  });
});

describe('the list of findings', () => {
  it('names them by importance, and is one stop of the Tab key', async () => {
    await open();
    expect(listed().map((button) => button.textContent)).toEqual([
      expect.stringMatching(/^Synchronised scan; 2026-11-22 01:00:00 .*Severity: high; Sources: 192\.0\.2\.1, 192/),
      expect.stringMatching(/^Vertical scan; .*Severity: low/),
      expect.stringMatching(/^Vertical scan; .*Sources: 192\.0\.2\.7/),
    ]);
    expect(listed().map((button) => button.tabIndex)).toEqual([0, -1, -1]);
  });

  it('goes through them by arrow keys, telling of each', async () => {
    await open();
    act(() => listed()[0]!.focus());
    expect((await screen.findByTestId('fireplot-scan')).textContent).toContain('Synchronised scan');
    fireEvent.keyDown(listed()[0]!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(listed()[1]);
    expect(screen.getByTestId('fireplot-scan').textContent).toContain('Vertical scan');
    fireEvent.keyDown(listed()[1]!, { key: 'End' });
    expect(document.activeElement).toBe(listed()[2]);
    act(() => listed()[2]!.blur());
    await waitFor(() => expect(screen.queryByTestId('fireplot-scan')).toBeNull());
  });
});

describe('a finding that is chosen', () => {
  const choose = (index: number) => {
    act(() => listed()[index]!.focus());
    fireEvent.click(listed()[index]!);
  };

  it('filters the dashboard to its sources', async () => {
    const onAddAdHocFilter = vi.fn();
    await open({ context: { onAddAdHocFilter } });
    choose(0);
    expect(onAddAdHocFilter).toHaveBeenCalledTimes(1);
    expect(onAddAdHocFilter).toHaveBeenCalledWith({
      key: 'src_ip',
      operator: '=|',
      value: '192.0.2.1',
      values: ['192.0.2.1', '192.0.2.2'],
      valueLabels: ['192.0.2.1', '192.0.2.2'],
    });
    choose(2);
    expect(onAddAdHocFilter).toHaveBeenLastCalledWith({ key: 'src_ip', operator: '=', value: '192.0.2.7' });
  });

  it.each<[string, () => Shown]>([
    ['there is no dashboard to filter', () => ({})],
    [
      'several sources are asked for in Explore',
      () => ({ context: { app: CoreApp.Explore, onAddAdHocFilter: vi.fn() } }),
    ],
    [
      'the dashboard is filtered so already',
      () => {
        const filters = [{ key: 'src_ip', operator: '=|', value: '192.0.2.1', values: ['192.0.2.1', '192.0.2.2'] }];
        const targets = [{ refId: 'A', datasource: { type: OWN_TYPE, uid: 'fireplot' } }];
        const request = { requestId: 'Q1', scopedVars: {}, targets, filters } as unknown as DataQueryRequest;
        return { data: { series: [CELLS, SCANS], request }, context: { onAddAdHocFilter: vi.fn() } };
      },
    ],
    [
      'the dashboard is public',
      () => {
        config.publicDashboardAccessToken = 'abc';
        return { context: { onAddAdHocFilter: vi.fn() } };
      },
    ],
  ])('keeps its description instead when %s', async (_, shown) => {
    const given = shown();
    await open(given);
    choose(0);
    const box = await screen.findByRole('dialog', { name: 'Synchronised scan' });
    expect(within(box).queryByRole('button', { name: /^Only its/ })).toBeNull();
    expect(given.context?.onAddAdHocFilter ?? vi.fn()).not.toHaveBeenCalled();
    fireEvent.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('what a log line or a viewer wrote', () => {
  it('stays text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const row = { id: hostile, kind: hostile, title: hostile, tool: hostile, sources: JSON.stringify([hostile]) };
    const { baseElement } = await open({ data: { series: [CELLS, scansFrame([row, {}])] } });
    act(() => listed()[0]!.focus());
    act(() => listed()[1]!.focus());
    await screen.findByTestId('fireplot-scan');
    expect(baseElement.textContent).toContain(hostile);
    expect(baseElement.querySelector('img')).toBeNull();
  });
});
