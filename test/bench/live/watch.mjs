// What runs in the page: it notes long tasks and frames, and the moment that a probe of port 1 is on the canvas.

/** @param {{ low: number, high: number }} ports ends of the port axis */
export function watch({ low, high }) {
  const found = { longTasks: [], frames: 0, seen: [], started: performance.now(), skipped: 0 };
  globalThis.liveBench = found;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) found.longTasks.push({ duration, startTime });
  }).observe({ entryTypes: ['longtask'] });
  const panel = document.querySelector('[data-testid="fireplot-panel"]');
  const canvas = document.querySelector('[data-testid="fireplot-canvas"]');
  const slider = document.querySelector('[data-testid="fireplot-live"]');
  const lowest = Math.log(2 / 1) / Math.log(high / low);
  let last = -1;
  let drawn = '';
  const look = () => {
    found.frames++;
    requestAnimationFrame(look);
    const text = document.querySelector('[data-testid="fireplot-skipped"]')?.textContent;
    if (text)
      found.skipped = Math.max(found.skipped, Number(/^([\d,]+) skipped/.exec(text)?.[1].replaceAll(',', '') ?? 0));
    if (drawn === slider.dataset.newest) return;
    drawn = slider.dataset.newest;
    // The row of port 1 is the lowest of the plot: its right end, in the middle of the row.
    const box = canvas.getBoundingClientRect();
    const [from, to] = panel.dataset.time.split(',').map(Number);
    const plot = panel.dataset.plot.split(',').map(Number);
    const left = panel.getBoundingClientRect().left + plot[0] - box.left;
    const scale = canvas.width / box.width;
    const width = 40;
    const x = Math.round((left + plot[2] - width) * scale);
    const y = Math.round(canvas.height * (1 - lowest / 2)) - 4;
    const { data } = canvas.getContext('2d').getImageData(x, y, Math.round(width * scale) + 4, 8);
    const columns = Math.round(width * scale) + 4;
    for (let c = columns - 1; c >= 0; c--) {
      let painted = false;
      for (let r = 0; r < 8; r++) painted ||= data[(r * columns + c) * 4 + 3] > 0;
      if (!painted) continue;
      const time = from + ((left + plot[2] - width + c / scale - left) / plot[2]) * (to - from);
      if (time > last + 1000) found.seen.push({ at: Date.now(), time });
      last = Math.max(last, time);
      return;
    }
  };
  requestAnimationFrame(look);
}
