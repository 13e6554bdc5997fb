import React, { type ComponentProps } from 'react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanInk } from '../overlay/ink';
import { scan } from '../testing/scans';
import { ScanTip } from './ScanTip';

afterEach(cleanup);

const PAIR = scan({ kind: 'synchronised', sources: ['192.0.2.1', '192.0.2.2'], sourceCount: 2, severity: 'high' });

function open(props: Partial<ComponentProps<typeof ScanTip>>) {
  const apply = vi.fn();
  const filter = { text: 'only its 2 sources', apply };
  render(
    <ScanTip
      {...{ scan: PAIR, whole: true, pinned: false, timeZone: 'utc', ink: scanInk(true), filter }}
      exploreUrl={undefined}
      {...props}
    />
  );
  return { apply, text: screen.getByTestId('fireplot-scan').textContent };
}

describe('ScanTip', () => {
  it('tells all of the finding that is meant, and what a click does', () => {
    const { text } = open({});
    for (const part of ['Synchronised scan', '01:00:00', 'high', '192.0.2.1, 192.0.2.2', 'Click: only its 2 sources']) {
      expect(text).toContain(part);
    }
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('promises no click where there is no filter', () => {
    expect(open({ filter: undefined }).text).not.toContain('Click');
  });

  it('tells a line of a finding around a cell', () => {
    expect(open({ whole: false }).text).toBe('in synchronised ×2192.0.2.1');
  });

  it('kept, filters by a button and leads to Explore', () => {
    const { apply } = open({ pinned: true, exploreUrl: '/explore?x=1' });
    fireEvent.click(screen.getByRole('button', { name: 'Only its 2 sources' }));
    expect(apply).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('link').getAttribute('href')).toBe('/explore?x=1');
  });

  it('kept, has neither where there is none', () => {
    open({ pinned: true, filter: undefined });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
  });
});
