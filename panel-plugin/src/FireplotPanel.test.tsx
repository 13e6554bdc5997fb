import React from 'react';
import { createDataFrame, FieldType, LoadingState } from '@grafana/data';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { giveCanvas, shownPixels } from './testing/canvas';
import { cellsFrame, FROM, Panel, TO, type Shown } from './testing/panel';

beforeAll(giveCanvas);
afterEach(cleanup);

const CELLS = cellsFrame([
  [60, 22, 23, 5, 0],
  [120, 443, 448, 40, 2],
  [121, 53, 54, 0, 9],
]);

const rows = (fields: Record<string, unknown[]>) =>
  createDataFrame({
    fields: Object.entries(fields).map(([name, values]) => ({
      name,
      values,
      type: name === 'time' ? FieldType.time : FieldType.other,
    })),
  });

/** Renders, and waits until uPlot has told the panel where its plot lies. */
async function open(shown: Shown) {
  const view = render(<Panel {...shown} />);
  const panel = screen.getByTestId('fireplot-panel');
  await waitFor(() => expect(panel.dataset.plot).not.toBe('0,0,0,0'));
  return { ...view, panel };
}

describe('a panel with cells', () => {
  it('paints them, and tells where what is', async () => {
    const { panel } = await open({ data: { series: [CELLS] } });
    expect(panel.dataset).toMatchObject({ time: `${FROM},${TO}`, ports: '1,65536', cells: '3' });
    const [left, top, width, height] = panel.dataset.plot!.split(',').map(Number);
    expect([left! + width!, top! + height!].every((edge, i) => edge < [800, 400][i]!)).toBe(true);
    const canvas = screen.getByTestId<HTMLCanvasElement>('fireplot-canvas');
    expect(shownPixels(canvas)).toBeGreaterThan(3 * 4 - 1);
    expect(canvas.getAttribute('aria-label')).toBe('Fireplot: 56 events in 3 cells');
  });

  it('names its classes with their counts, and its grid', async () => {
    await open({ data: { series: [CELLS] } });
    const buttons = within(screen.getByTestId('fireplot-legend')).getAllByRole('button');
    expect(buttons.map((button) => button.textContent)).toEqual(['TCP/IPv445', 'UDP/IPv411']);
    expect(screen.getByTestId('fireplot-caption').textContent).toBe('1 min × 16/octave');
  });

  it('shows a class alone on a click, and all on the next one; Ctrl hides one', async () => {
    const { panel } = await open({ data: { series: [CELLS] } });
    const [tcp, udp] = within(screen.getByTestId('fireplot-legend')).getAllByRole('button') as [
      HTMLElement,
      HTMLElement,
    ];
    const pressed = () => [tcp, udp].map((button) => button.getAttribute('aria-pressed'));
    fireEvent.click(udp);
    expect([panel.dataset.cells, ...pressed()]).toEqual(['2', 'false', 'true']);
    fireEvent.click(udp);
    expect([panel.dataset.cells, ...pressed()]).toEqual(['3', 'true', 'true']);
    fireEvent.click(udp, { ctrlKey: true });
    expect([panel.dataset.cells, ...pressed()]).toEqual(['2', 'true', 'false']);
    fireEvent.click(udp, { metaKey: true });
    expect(pressed()).toEqual(['true', 'true']);
  });

  it('leaves legend and caption out when told so, and gives their room to the plot', async () => {
    const { panel } = await open({ data: { series: [CELLS] } });
    const height = Number(panel.dataset.plot!.split(',')[3]);
    cleanup();
    const bare = await open({ data: { series: [CELLS] }, options: { showLegend: false, showCaption: false } });
    expect(screen.queryByTestId('fireplot-legend')).toBeNull();
    expect(screen.queryByTestId('fireplot-caption')).toBeNull();
    expect(Number(bare.panel.dataset.plot!.split(',')[3])).toBeGreaterThan(height);
  });

  it('has a row for events without port when there are some, or when told so', async () => {
    const portless = cellsFrame([[1, 0.5, 1, 1, 0]]);
    expect((await open({ data: { series: [portless] } })).panel.dataset.ports).toBe('0.5,65536');
    cleanup();
    expect((await open({ data: { series: [portless] }, options: { noPortStrip: 'never' } })).panel.dataset.ports).toBe(
      '1,65536'
    );
    cleanup();
    expect((await open({ data: { series: [CELLS] }, options: { noPortStrip: 'always' } })).panel.dataset.ports).toBe(
      '0.5,65536'
    );
  });

  it('looks at the ports that the dashboard’s variables or the query name', async () => {
    const variables = { port_from: '1000', port_to: '2000' };
    expect((await open({ data: { series: [CELLS] }, variables })).panel.dataset.ports).toBe('1000,2001');
    expect(screen.getByTestId('fireplot-zoom').textContent).toBe('ports 1000 – 2000');
    cleanup();
    const empty = await open({ data: { series: [CELLS] }, variables: { port_from: '', port_to: '' } });
    expect(empty.panel.dataset.ports).toBe('1,65536');
    expect(screen.queryByTestId('fireplot-zoom')).toBeNull();
  });

  it('never touches its options', async () => {
    const onOptionsChange = vi.fn();
    await open({ data: { series: [CELLS] }, onOptionsChange, options: { dayStepper: true } });
    fireEvent.click(within(screen.getByTestId('fireplot-legend')).getAllByRole('button')[0]!);
    fireEvent.click(screen.getByRole('button', { name: 'The day before' }));
    expect(onOptionsChange).not.toHaveBeenCalled();
  });
});

describe('a panel with rows of another data source', () => {
  it('bins them, and says what it could not place', async () => {
    const series = [
      rows({
        time: [FROM, FROM + 1, null, FROM + 2],
        dst_port: ['22', 22, 22, 'x'],
        proto: ['tcp', 'tcp', 'tcp', 'tcp'],
      }),
    ];
    const { panel } = await open({ data: { series } });
    expect(panel.dataset.cells).toBe('1');
    expect(screen.getByTestId('fireplot-caption').textContent).toContain(
      '2 rows left out: 1 without time, 1 without a port'
    );
  });

  it('takes the field that was chosen', async () => {
    const series = [rows({ time: [FROM, FROM], dst_port: [22, 22], other: [80, 8080] })];
    const { panel } = await open({ data: { series }, options: { portField: 'other' } });
    expect(panel.dataset.cells).toBe('2');
  });
});

describe('a panel without anything to plot', () => {
  it('says that it is loading', async () => {
    await open({ data: { state: LoadingState.Loading } });
    expect(screen.getByTestId('fireplot-loading').textContent).toContain('Loading');
    expect(screen.queryByTestId('fireplot-empty')).toBeNull();
  });

  it('says where the newest events are, and goes to their day', async () => {
    const onChangeTimeRange = vi.fn();
    const newestMs = Date.parse('2026-10-25T15:00:00Z');
    await open({ data: { series: [cellsFrame([], { newestMs })] }, onChangeTimeRange, timeZone: 'Europe/Oslo' });
    expect(screen.getByTestId('fireplot-empty').textContent).toContain('2026-10-25 16:00:00');
    fireEvent.click(screen.getByRole('button', { name: 'Go to the newest events' }));
    expect(onChangeTimeRange).toHaveBeenCalledWith({
      from: Date.parse('2026-10-24T22:00:00Z'),
      to: Date.parse('2026-10-25T23:00:00Z'),
    });
  });

  it('offers no way to nowhere when nothing is stored', async () => {
    await open({ data: { series: [cellsFrame([], { newestMs: null })] } });
    expect(screen.getByTestId('fireplot-empty').textContent).toBe('No events in this time range.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says which field is missing, and which there are', async () => {
    await open({ data: { series: [rows({ time: [FROM], value: [1] })] } });
    expect(screen.getByTestId('fireplot-no-field').textContent).toContain('no port field');
    expect(screen.getByTestId('fireplot-no-field').textContent).toContain('time, value');
  });

  it('shows what went wrong in the data source’s words, as text', async () => {
    const message = 'Code: 60. <img src=x onerror=alert(1)> does not exist';
    const { container } = await open({ data: { state: LoadingState.Error, errors: [{ message }, { message }] } });
    expect(screen.getByTestId('fireplot-error').textContent).toBe(`The query failed${message}`);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.queryByTestId('fireplot-empty')).toBeNull();
  });

  it('shows an error over the data that came with it', async () => {
    const { panel } = await open({ data: { series: [CELLS], errors: [{ message: 'too slow' }] } });
    expect(screen.getByTestId('fireplot-error').textContent).toContain('too slow');
    expect(panel.dataset.cells).toBe('3');
  });
});

describe('the day steps', () => {
  it('are an option', async () => {
    await open({ data: { series: [CELLS] } });
    expect(screen.queryByTestId('fireplot-days')).toBeNull();
  });

  it('go to the day before, in the dashboard’s zone', async () => {
    const onChangeTimeRange = vi.fn();
    await open({ data: { series: [CELLS] }, options: { dayStepper: true }, onChangeTimeRange });
    expect(screen.getByTestId('fireplot-day').textContent).toBe('Sun 2026-11-22');
    fireEvent.click(screen.getByRole('button', { name: 'The day before' }));
    expect(onChangeTimeRange).toHaveBeenLastCalledWith({ from: FROM - 86_400_000, to: FROM });
  });
});
