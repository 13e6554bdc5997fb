import React from 'react';
import { dateTimeFormat } from '@grafana/data';
import { Button } from '@grafana/ui';
import { dayOf, isDay, stepDay } from '../scale/day';
import type { TimeScale } from '../scale/time';

interface Props {
  readonly time: TimeScale;
  readonly timeZone: string;
  readonly now: () => number;
  readonly height: number;
  readonly onChange: (range: TimeScale) => void;
}

/** ‹ day · today · day ›: whole days of the dashboard's zone, as the original's web page had them. */
export function DayStepper({ time, timeZone, now, height, onChange }: Props) {
  const middle = (time.from + time.to) / 2;
  const today = dayOf(now(), timeZone);
  const label = isDay(time, timeZone) ? dateTimeFormat(middle, { timeZone, format: 'ddd YYYY-MM-DD' }) : '';
  const step = (offset: number) => onChange(stepDay(time, timeZone, offset));
  return (
    <div
      role="group"
      aria-label="Steps by day"
      data-testid="fireplot-days"
      style={{ display: 'flex', alignItems: 'center', gap: 4, height }}
    >
      <Button
        size="sm"
        variant="secondary"
        fill="text"
        icon="angle-left"
        aria-label="The day before"
        onClick={() => step(-1)}
      >
        day
      </Button>
      <Button size="sm" variant="secondary" fill="text" aria-label="Today" onClick={() => onChange(today)}>
        today
      </Button>
      <Button
        size="sm"
        variant="secondary"
        fill="text"
        icon="angle-right"
        iconPlacement="right"
        aria-label="The day after"
        disabled={stepDay(time, timeZone, 1).from > now()}
        onClick={() => step(1)}
      >
        day
      </Button>
      {label && <span data-testid="fireplot-day">{label}</span>}
    </div>
  );
}
