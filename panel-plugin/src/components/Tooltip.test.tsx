import React, { type ComponentProps } from 'react';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Tooltip } from './Tooltip';

afterEach(cleanup);

const HOSTILE = '<img src=x onerror=alert(1)>';
const TOP = Array.from({ length: 10 }, (_, i) => ({ source: i === 0 ? HOSTILE : `192.0.2.${i}`, events: 1000 - i }));

function open(props: Partial<ComponentProps<typeof Tooltip>> = {}) {
  const words = {
    time: '13:32 – 13:34',
    port: 'port 22 · ssh',
    classes: [{ name: 'TCP/IPv4', count: '1,234', colour: '#00ff00' }],
  };
  const handlers = { onFilter: vi.fn(), text: vi.fn(() => 'the cell'), onClose: vi.fn() };
  const detail = { state: 'ready', detail: { sources: 12, targets: 1, top: TOP } } as const;
  render(
    <Tooltip
      x={10}
      y={10}
      label={words.port}
      words={words}
      detail={detail}
      pinned={false}
      exploreUrl={undefined}
      {...handlers}
      {...props}
    />
  );
  return { ...handlers, box: screen.getByTestId('fireplot-tooltip') };
}

describe('Tooltip', () => {
  it('shows what a log line wrote as text', () => {
    const { box } = open();
    expect(box.textContent).toContain(HOSTILE);
    expect(box.querySelector('img')).toBeNull();
  });

  it('names time, port, classes, distinct and top sources', () => {
    const { box } = open();
    for (const text of ['13:32 – 13:34', 'port 22 · ssh', 'TCP/IPv4', '1,234', '12 sources, 1 target', '192.0.2.4']) {
      expect(box.textContent).toContain(text);
    }
    expect(box.textContent).not.toContain('192.0.2.5');
    expect(within(box).queryByRole('button')).toBeNull();
  });

  it('says that it is looking, or nothing', () => {
    expect(open({ detail: { state: 'waiting' } }).box.textContent).toContain('looking up sources');
    cleanup();
    expect(open({ detail: { state: 'none' } }).box.textContent).not.toContain('source');
  });

  it('pinned, names all top sources, filters, copies, links and closes', () => {
    const { box, onFilter, text, onClose } = open({ pinned: true, exploreUrl: '/explore?x=1' });
    expect(box.textContent).toContain('192.0.2.9');
    fireEvent.click(screen.getByRole('button', { name: 'Only 192.0.2.3' }));
    expect(onFilter).toHaveBeenCalledWith('192.0.2.3');
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect([text.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
    expect(screen.getByRole('link').getAttribute('href')).toBe('/explore?x=1');
  });

  it('offers neither filter nor link where there are none', () => {
    open({ pinned: true, onFilter: undefined });
    expect(screen.queryByRole('button', { name: /^Only/ })).toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
  });
});
