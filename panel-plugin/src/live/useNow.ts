import { useEffect, useState } from 'react';

/**
 * The end of the step of the clock that now lies in: what happens next is always before it.
 * @param step ms; 0 stands still
 * @param skew ms that the clock to follow is ahead of this machine's
 */
export function useNow(step: number, skew: number): number {
  const [clock, setClock] = useState(() => read(step, skew));
  // Not only at the next tick: what was read before a pause is long ago.
  if (clock.step !== step || clock.skew !== skew) {
    setClock(read(step, skew));
  }
  useEffect(() => {
    if (step === 0) {
      return undefined;
    }
    const timer = setInterval(() => setClock(read(step, skew)), step);
    return () => clearInterval(timer);
  }, [step, skew]);
  return clock.now;
}

function read(step: number, skew: number): { step: number; skew: number; now: number } {
  return { step, skew, now: step > 0 ? (Math.floor((Date.now() + skew) / step) + 1) * step : 0 };
}
