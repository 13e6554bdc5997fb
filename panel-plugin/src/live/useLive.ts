import { useMemo, useState } from 'react';
import { LoadingState, type DataFrame, type PanelData, type TimeRange } from '@grafana/data';
import type { TimeScale } from '../scale/time';
import { infoOf, partsOf, sameFrames, type LiveInfo, type Parts } from './frames';
import { useNow } from './useNow';

/** A picture that goes on by itself: what is shown of it, and what there is to say. */
export interface Live {
  /** Frames of the picture and all others that are no log; the same array until they change. */
  readonly still: readonly DataFrame[];
  /** Events since the picture; undefined when it stands. */
  readonly log: DataFrame | undefined;
  /** What is in view; it slides with the clock. Undefined when the picture stands. */
  readonly time: TimeScale | undefined;
  readonly info: LiveInfo | undefined;
  readonly paused: boolean;
  /** Events that came since the pause. */
  readonly waiting: number;
  readonly onPause: (paused: boolean) => void;
}

/** What was shown when the viewer paused. */
interface Held {
  readonly parts: Parts;
  readonly time: TimeScale;
  readonly info: LiveInfo;
}

/** The window slides no more often than this, ms, and by a pixel at least. */
const LEAST_STEP = 250;
/** Clocks that differ by less are taken for the same: it is the way of a push. */
const LEAST_SKEW = 1_500;

/** @param width of the plot, CSS pixels */
export function useLive(data: PanelData, range: TimeRange, width: number): Live {
  const [held, setHeld] = useState<Held | null>(null);
  const parts = useParts(data.series);
  const follows = range.raw.to === 'now';
  const ended = !follows || (data.state === LoadingState.Done && !parts.log);
  const hold = ended ? null : held;
  const active = !ended && (hold !== null || parts.log !== undefined);
  if (ended && held) {
    setHeld(null);
  }

  const info = useMemo(() => (parts.log ? infoOf(parts.log) : undefined), [parts.log]);
  const span = spanOf(data, range);
  const step = active && !hold ? Math.max(LEAST_STEP, Math.round(span / Math.max(width, 1))) : 0;
  const skew = Math.abs(info?.skewMs ?? 0) < LEAST_SKEW ? 0 : Math.round((info?.skewMs ?? 0) / 1000) * 1000;
  const to = useNow(step, skew);
  const sliding = useMemo(() => (step > 0 ? { from: to - span, to } : undefined), [step, to, span]);
  const shown = hold?.parts ?? parts;
  const time = hold?.time ?? sliding;
  const onPause = (paused: boolean) => setHeld(paused && time && info ? { parts: { ...shown }, time, info } : null);
  return {
    still: shown.still,
    log: active ? shown.log : undefined,
    time: active ? time : undefined,
    info: active ? (info ?? hold?.info) : undefined,
    paused: hold !== null,
    waiting: hold && info ? waitingSince(hold.info, info) : 0,
    onPause,
  };
}

/** Events sent since. A stream that began anew meanwhile tells of its own run alone. */
export function waitingSince(then: LiveInfo, now: LiveInfo): number {
  const before = then.run === now.run ? (then.sent ?? 0) : 0;
  return Math.max(0, (now.sent ?? 0) - before);
}

/** The frames in two parts. The first is the same array as before while its columns are the same. */
function useParts(series: readonly DataFrame[]): Parts {
  const parts = useMemo(() => partsOf(series), [series]);
  const [still, setStill] = useState(parts.still);
  const same = sameFrames(still, parts.still);
  if (!same) {
    setStill(parts.still);
  }
  const kept = same ? still : parts.still;
  return useMemo(() => ({ still: kept, log: parts.log }), [kept, parts.log]);
}

/** Length of the window, ms: as it was asked for, since the range at hand is read from a clock at each push. */
function spanOf(data: PanelData, range: TimeRange): number {
  const asked = data.request?.range ?? range;
  return Math.max(1000, Math.round((asked.to.valueOf() - asked.from.valueOf()) / 1000) * 1000);
}
