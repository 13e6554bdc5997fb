import { useState } from 'react';
import type { TimeScale } from './scale/time';

export interface TimeZoom {
  readonly zoom: (range: TimeScale) => void;
  /** Goes back to the range before the first zoom, if nobody changed it since. @returns whether it did */
  readonly back: () => boolean;
}

/** Zooms in time that can be undone at once, however many drags it took. */
export function useTimeZoom(time: TimeScale, onChange: (range: TimeScale) => void): TimeZoom {
  const [steps, setSteps] = useState<{ home: TimeScale; now: TimeScale } | null>(null);
  const home = steps && steps.now.from === time.from && steps.now.to === time.to ? steps.home : undefined;
  return {
    zoom(range) {
      setSteps({ home: home ?? time, now: range });
      onChange(range);
    },
    back() {
      setSteps(null);
      if (home) {
        onChange(home);
      }
      return home !== undefined;
    },
  };
}
