import fc from 'fast-check';
import { afterEach, beforeEach, describe, test, vi } from 'vitest';
import { LiveModel } from './live.model.case.js';
import type { Step } from './live.model.case.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }));
afterEach(() => void vi.useRealTimers());

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('file', 'http', 'tcp'), lines: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(1, 5, 20, 30, 60, 500, 1_200) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('store'), which: fc.nat(3), answered: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('full'), room: fc.integer({ min: 262_000, max: 275_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'free' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash'),
      shares: fc.option(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }), {
        nil: undefined,
      }),
    }),
  }
);

/** Rare ones: the later of two batches is stored first; a batch is stored, and its answer lost by a crash. */
const EXAMPLES: [Step[]][] = [
  [
    [
      { kind: 'file', lines: 1 },
      { kind: 'wait', ms: 1_200 },
      { kind: 'file', lines: 1 },
      { kind: 'wait', ms: 1_200 },
      { kind: 'crash', shares: undefined },
      { kind: 'wait', ms: 1 },
      { kind: 'store', which: 1, answered: true },
      { kind: 'store', which: 0, answered: true },
      { kind: 'crash', shares: undefined },
    ],
  ],
  [
    [
      { kind: 'tcp', lines: 1 },
      { kind: 'wait', ms: 1_200 },
      { kind: 'store', which: 0, answered: false },
      { kind: 'crash', shares: [1] },
    ],
  ],
];

describe('a spooled intake', () => {
  test('stores every line as its input promises, whatever crash, power cut, full disk or lost answer comes', async () => {
    const runs = Number(process.env.TORTURE_RUNS ?? 150);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const model = new LiveModel();
        await model.start();
        for (const each of steps) await model.step(each);
        await model.check();
      }),
      {
        examples: EXAMPLES,
        seed: Number(process.env.TORTURE_SEED ?? 1),
        numRuns: runs,
        endOnFailure: process.env.TORTURE_RUNS === undefined,
      }
    );
  });
});
