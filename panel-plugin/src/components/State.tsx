import React from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import type { Input } from '../frames';
import { dayOf } from '../scale/day';
import type { TimeScale } from '../scale/time';
import { EmptyNotice, ErrorNotice, errorText, MissingField, Notice } from './States';

interface Props {
  readonly data: PanelData;
  readonly input: Input;
  readonly empty: boolean;
  readonly time: TimeScale;
  readonly timeZone: string;
  readonly onChangeTime: (range: TimeScale) => void;
}

/** A range this long is taken for "a day": its jump goes to the whole day of the newest event. */
const ABOUT_A_DAY = 20 * 3_600_000;

/** What to say over the plot: the error first, then loading, a missing field, no events; mostly nothing. */
export function State({ data, input, empty, time, timeZone, onChangeTime }: Props) {
  const failed = errorText(data);
  if (failed !== undefined) {
    return <ErrorNotice text={failed} />;
  }
  if (!empty) {
    return null;
  }
  if (data.state === LoadingState.Loading || data.state === LoadingState.NotStarted) {
    return (
      <Notice testId="fireplot-loading">
        <p>Loading …</p>
      </Notice>
    );
  }
  if (input.kind === 'none' && input.missing !== 'data') {
    return <MissingField missing={input.missing} fields={input.fields} />;
  }
  const newestMs = input.kind === 'cells' ? input.grid.newestMs : undefined;
  return (
    <EmptyNotice
      newestMs={newestMs}
      timeZone={timeZone}
      onJump={(ms) => onChangeTime(rangeAround(ms, time, timeZone))}
    />
  );
}

/** The day of an event, or a range as long as the one in view that ends just after it. */
export function rangeAround(ms: number, time: TimeScale, timeZone: string): TimeScale {
  const span = time.to - time.from;
  return span >= ABOUT_A_DAY ? dayOf(ms, timeZone) : { from: ms - span + 1000, to: ms + 1000 };
}
