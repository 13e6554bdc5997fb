import React from 'react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dayOf } from '../scale/day';
import { DayStepper } from './DayStepper';

afterEach(cleanup);

const ZONE = 'Europe/Oslo';
const HOUR = 3_600_000;
const NOW = Date.parse('2026-10-26T12:00:00Z');

function open(day: string) {
  const onChange = vi.fn();
  const time = dayOf(Date.parse(day), ZONE);
  render(<DayStepper time={time} timeZone={ZONE} now={() => NOW} height={26} onChange={onChange} />);
  const click = (name: string) => {
    fireEvent.click(screen.getByRole('button', { name }));
    const range: { from: number; to: number } = onChange.mock.lastCall![0];
    return { from: new Date(range.from).toISOString(), hours: (range.to - range.from) / HOUR };
  };
  return { click };
}

describe('DayStepper', () => {
  it('steps onto the day of 25 hours, and off it', () => {
    expect(open('2026-10-26T12:00:00Z').click('The day before')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      hours: 25,
    });
    cleanup();
    expect(open('2026-10-25T12:00:00Z').click('The day before')).toEqual({
      from: '2026-10-23T22:00:00.000Z',
      hours: 24,
    });
    cleanup();
    expect(open('2026-10-25T12:00:00Z').click('The day after')).toEqual({
      from: '2026-10-25T23:00:00.000Z',
      hours: 24,
    });
  });

  it('steps onto the day of 23 hours', () => {
    expect(open('2026-03-28T12:00:00Z').click('The day after')).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      hours: 23,
    });
  });

  it('goes to today', () => {
    expect(open('2026-03-28T12:00:00Z').click('Today')).toEqual({ from: '2026-10-25T23:00:00.000Z', hours: 24 });
  });

  it('does not go into the future', () => {
    open('2026-10-26T12:00:00Z');
    const after = screen.getByRole<HTMLButtonElement>('button', { name: 'The day after' });
    expect(after.disabled || after.getAttribute('aria-disabled') === 'true').toBe(true);
  });
});
