import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newEvent, reset, type Event } from '../event/event.js';
import type { Context, Dialect, Reason } from './dialect.js';
import { TEST_CONTEXT } from './formats.case.js';
import { ALL_LINES, HEADS } from './hostile/corpus.case.js';
import { judge, judgeAll } from './hostile/judge.case.js';
import { mutated } from './hostile/mutate.case.js';
import { hostileLines, WORDS } from './hostile/words.case.js';
import { DIALECTS } from './index.js';
import { described, readSamples, type Sample } from './samples.case.js';

/** What the suite must be told about a dialect. */
export interface Subject {
  readonly dialect: Dialect;
  /** Every reason it gives: no other may appear, and each needs a line in refused.log. */
  readonly reasons: readonly Reason[];
  /** `import.meta.url` of the test beside samples.log and refused.log. */
  readonly url: string;
  /** Fields that a line cut in the middle may tell wrongly, with the reason; addresses and ports never. */
  readonly cutMayChange?: Readonly<Partial<Record<keyof Event, string>>>;
}

/** How long one hostile line may take before it counts as a hang; no test measures time. */
const WATCHDOG_MS = 2_000;
const SEED = 20_261_122;
/** Lines made from the samples of a dialect; FUZZ_RUNS asks for more. */
const MUTATIONS = Number(process.env['FUZZ_RUNS'] ?? 3_000);

/** The contract of every dialect, on its own samples and on what can be made of them. */
export function describeDialect({ dialect, reasons, url, cutMayChange = {} }: Subject): void {
  const samples = readSamples(url, 'samples.log');
  const refused = readSamples(url, 'refused.log');
  const event = newEvent();
  const parse = (line: string): 'ok' | Reason => {
    reset(event);
    return dialect.parse(line, TEST_CONTEXT, event);
  };

  describe(`${dialect.name}: samples`, () => {
    test.each(samples.map((sample) => [sample.where, sample] as const))('%s is read as wanted', (_, sample) => {
      expect(claimants(sample.line)).toEqual([dialect.name]);
      expect(parse(sample.line)).toBe('ok');
      expect(described(event)).toEqual(JSON.parse(sample.want));
    });

    test.each(refused.map((sample) => [sample.where, sample] as const))('%s is refused as wanted', (_, sample) => {
      expect(parse(sample.line)).toBe(sample.want);
      expect(claimants(sample.line)).toEqual(sample.want === 'unclaimed' ? [] : [dialect.name]);
    });

    test('every reason it gives has a sample, and there are about as many refused lines as good ones', () => {
      expect([...new Set(refused.map((sample) => sample.want))].sort()).toEqual([...reasons].sort());
      expect(refused.length).toBeGreaterThanOrEqual(samples.length / 2);
    });
  });

  describe(`${dialect.name}: any line`, () => {
    const lines = [...samples, ...refused].map((sample) => sample.line);
    const check = (line: string): void => void judge(dialect, line);

    test('of any bytes gives a verdict, and an event within its types', () => {
      const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some).toString('latin1'));
      fc.assert(fc.property(bytes, check), { seed: SEED, numRuns: 1_000 });
    });

    test('made from a sample gives a verdict, and an event within its types; nobody reads what he does not claim', () => {
      fc.assert(fc.property(mutated(lines, ALL_LINES), check), { seed: SEED, numRuns: MUTATIONS });
    });

    if (dialect.open !== undefined) {
      test('behind any others of one sender gives a verdict, and an event within its types', () => {
        const line = fc.oneof(fc.constantFrom(...HEADS), mutated([...lines, ...HEADS], ALL_LINES));
        const property = fc.property(fc.array(line, { maxLength: 12 }), (some) => void judgeAll(dialect, some));
        fc.assert(property, { seed: SEED, numRuns: MUTATIONS / 8 });
      });
    }

    test('leaves nothing behind for the next', () => {
      const property = fc.property(fc.array(fc.constantFrom(...samples), { minLength: 2, maxLength: 8 }), (some) => {
        for (const sample of some) {
          expect(parse(sample.line)).toBe('ok');
          expect(described(event)).toEqual(JSON.parse(sample.want));
        }
      });
      fc.assert(property, { seed: SEED, numRuns: 300 });
    });

    test('is the same with a carriage return behind it', () => {
      for (const sample of samples) expect(sameEvent(parse, event, `${sample.line}\r`, sample)).toBe(true);
      for (const sample of refused) expect(parse(`${sample.line}\r`)).toBe(sample.want);
      expect(parse('')).toBe('unclaimed');
      expect(parse('\r')).toBe('unclaimed');
    });

    test('cut anywhere is refused, or tells nothing that the whole line does not', () => {
      for (const sample of samples.filter(({ cut }) => cut === '')) {
        const whole = JSON.parse(sample.want) as Record<string, unknown>;
        for (let length = 0; length < sample.line.length; length++) {
          if (parse(sample.line.slice(0, length)) !== 'ok') continue;
          const cut = described(event);
          for (const [key, value] of Object.entries(cut)) {
            if (key in cutMayChange || key === 'attrs') continue;
            if (value !== whole[key])
              expect({ length, [key]: value }, sample.where).toEqual({ length, [key]: whole[key] });
          }
        }
      }
    });

    test.each(WORDS)('keeps %j as text wherever a name stands', (word) => {
      for (const sample of samples) {
        const whole = JSON.parse(sample.want) as Record<string, unknown>;
        for (const key of ['sensor', 'ifaceIn', 'ifaceOut'] as const) {
          const name = whole[key];
          if (typeof name !== 'string') continue;
          const line = replaceWord(sample.line, name, word);
          if (line === undefined) continue;
          expect(parse(line), line).toBe('ok');
          expect(event[key], line).toBe(word);
        }
      }
    });

    test('of 64 KiB, made to be slow, is read before the watchdog barks', () => {
      const long = hostileLines(samples.map((sample) => sample.line));
      let line = '';
      const run = (): void => {
        check(line);
        if (dialect.open !== undefined) judgeAll(dialect, [...HEADS, line]);
      };
      const context = createContext({ run });
      for (line of long) {
        expect(() => void runInContext('run()', context, { timeout: WATCHDOG_MS }), line.slice(0, 80)).not.toThrow();
      }
    });

    test('is read alike whatever the year of the line before', () => {
      const contexts: readonly Context[] = [1999, 2026, 2090].map((year) => ({
        ...TEST_CONTEXT,
        received: Date.UTC(year, 5, 1),
      }));
      const alone = contexts.map((context) => samples.map((sample) => timeOf(dialect, context, sample)));
      const mixed = samples.map((sample) => contexts.map((context) => timeOf(dialect, context, sample)));
      expect(contexts.map((_, at) => mixed.map((times) => times[at]))).toEqual(alone);
    });
  });
}

const claimants = (line: string): readonly string[] =>
  DIALECTS.filter((dialect) => dialect.claims(line)).map((dialect) => dialect.name);

function sameEvent(parse: (line: string) => 'ok' | Reason, event: Event, line: string, sample: Sample): boolean {
  expect(parse(line)).toBe('ok');
  expect(described(event)).toEqual(JSON.parse(sample.want));
  return true;
}

function timeOf(dialect: Dialect, context: Context, sample: Sample): number | Reason {
  const event = newEvent();
  const verdict = dialect.parse(sample.line, context, event);
  return verdict === 'ok' ? event.time : verdict;
}

/** The line with `name` replaced where it stands once as a word of its own; undefined where it does not. */
function replaceWord(line: string, name: string, word: string): string | undefined {
  const at = line.indexOf(name);
  if (at < 0 || line.indexOf(name, at + 1) >= 0 || name.length < 2) return undefined;
  const text = line.startsWith('{') ? JSON.stringify(word).slice(1, -1) : word;
  return line.slice(0, at) + text + line.slice(at + name.length);
}
