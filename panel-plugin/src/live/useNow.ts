import { useEffect, useState } from 'react';

/**
 * The end of the step of the clock that now lies in: what happens next is always before it.
 * @param step ms; 0 stands still
 * @param skew ms that the clock to follow is ahead of this machine's
 */
export function useNow(step: number, skew: number): number {
  const read = () => (step > 0 ? (Math.floor((Date.now() + skew) / step) + 1) * step : 0);
  const [now, setNow] = useState(read);
  useEffect(() => {
    if (step === 0) {
      return undefined;
    }
    const tick = () => setNow(read());
    tick();
    const timer = setInterval(tick, step);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `read` is made of these two
  }, [step, skew]);
  return now;
}
