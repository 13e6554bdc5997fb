/**
 * What happy-dom does not lay out and Grafana's lists measure before they show anything: text widths and box sizes.
 * For tests of components; the values only have to be greater than nothing.
 */
export function layOut(): void {
  const measureText = (text: string) => ({ width: text.length * 8 });
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: () => ({ font: '', measureText }) });
  const box = { width: 400, height: 400, top: 0, left: 0, right: 400, bottom: 400, x: 0, y: 0, toJSON: () => '' };
  Object.defineProperty(Element.prototype, 'getBoundingClientRect', { value: () => box });
  for (const size of ['offsetHeight', 'offsetWidth', 'clientHeight', 'clientWidth']) {
    Object.defineProperty(HTMLElement.prototype, size, { value: box.height });
  }
}
