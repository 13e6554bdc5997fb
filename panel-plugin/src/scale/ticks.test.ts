// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromTop, portScale } from './port';
import { KNOWN_PORTS, portTicks } from './ticks';

const WHOLE = portScale(1, 65536);

describe('portTicks', () => {
  it('names all the ports people look for when there is room', () => {
    expect(portTicks(WHOLE, 4000, 14).map((tick) => tick.port)).toEqual([...KNOWN_PORTS]);
  });

  it('thins them on a small axis, and keeps both ends and the best known', () => {
    const ports = portTicks(WHOLE, 200, 14).map((tick) => tick.port);
    expect(ports.length).toBeGreaterThan(5);
    expect(ports.length).toBeLessThan(KNOWN_PORTS.length);
    expect(ports).toEqual(expect.arrayContaining([1, 22, 443, 65535]));
  });

  it('names the strip below port 1', () => {
    expect(portTicks(portScale(0, 65536), 600, 14)[0]).toMatchObject({ port: 0, label: 'no port' });
    expect(portTicks(WHOLE, 600, 14)[0]).toMatchObject({ port: 1, label: '1' });
  });

  it('fills a zoomed axis with round numbers', () => {
    const ports = portTicks(portScale(2000, 3000), 400, 14).map((tick) => tick.port);
    expect(ports.length).toBeGreaterThan(5);
    expect(ports.every((port) => port % 10 === 0)).toBe(true);
  });

  it('names single ports when there are few', () => {
    expect(portTicks(portScale(78, 83), 400, 14).map((tick) => tick.port)).toEqual([78, 79, 80, 81, 82]);
  });

  it('labels never touch, lie in range and in order, whatever the zoom', () => {
    const edge = fc.integer({ min: 0, max: 65536 });
    fc.assert(
      fc.property(
        edge,
        edge,
        fc.integer({ min: 20, max: 1200 }),
        fc.integer({ min: 8, max: 40 }),
        (a, b, height, gap) => {
          const scale = portScale(a, b);
          const ticks = portTicks(scale, height, gap);
          const at = ticks.map((tick) => fromTop(scale, tick.octave) * height);
          for (let i = 1; i < at.length; i++) {
            expect(at[i - 1]! - at[i]!).toBeGreaterThanOrEqual(gap - 1e-6);
          }
          expect(ticks.every(({ port }) => port >= scale.from && port < scale.to)).toBe(true);
        }
      ),
      { seed: 3, numRuns: 300 }
    );
  });

  it('never leaves an axis of some height without a tick', () => {
    const edge = fc.integer({ min: 0, max: 65536 });
    fc.assert(
      fc.property(edge, edge, (a, b) => {
        expect(portTicks(portScale(a, b), 200, 14).length).toBeGreaterThan(0);
      }),
      { seed: 4, numRuns: 500 }
    );
  });
});
