import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Cells } from '../cells';
import type { Input } from '../frames';
import { LiveFeed } from './feed';
import type { Live } from './useLive';

/** How often legend and hover follow what is painted, ms; a large picture is gone through less often. */
const SURVEY_MS = 1_000;
const SURVEY_LARGE_MS = 3_000;
const LARGE = 50_000;

export interface Fed {
  /** The picture's cells and what came since; undefined when the picture stands. */
  readonly feed: LiveFeed | undefined;
  /** The same as legend, hover and brightness see it, at most some seconds old. */
  readonly input: Input;
}

/**
 * Makes a picture one that grows.
 * @param finest rows an octave that the plot has room for
 */
export function useFeed(live: Live, picture: Input, finest: number): Fed {
  const { log, time } = live;
  const grows = log !== undefined && picture.kind === 'cells';
  const feed = useMemo(() => {
    const { stepMs, rowsPerOctave } = picture.kind === 'cells' ? picture.grid : {};
    if (!grows || picture.kind !== 'cells' || stepMs === undefined || rowsPerOctave === undefined) {
      return undefined;
    }
    return new LiveFeed(picture.cells, stepMs, Math.min(rowsPerOctave, finest));
  }, [grows, picture, finest]);

  const [survey, setSurvey] = useState<{ feed: LiveFeed; step: number; cells: Cells } | null>(null);
  if (!feed && survey) {
    setSurvey(null);
  }
  const from = useRef(-Infinity);
  useLayoutEffect(() => {
    from.current = time?.from ?? -Infinity;
  });
  useEffect(() => {
    if (!feed) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      setSurvey({ feed, step: feed.grid.step, cells: feed.grid.sorted(from.current) });
      timer = setTimeout(look, feed.grid.length < LARGE ? SURVEY_MS : SURVEY_LARGE_MS);
    };
    look();
    return () => clearTimeout(timer);
  }, [feed]);

  const input = useMemo<Input>(() => {
    if (!feed || survey?.feed !== feed || picture.kind !== 'cells') {
      return picture;
    }
    const grid = { ...picture.grid, stepMs: survey.step, rowsPerOctave: feed.grid.perOctave };
    return { ...picture, cells: survey.cells, grid };
  }, [feed, survey, picture]);
  return { feed, input };
}
