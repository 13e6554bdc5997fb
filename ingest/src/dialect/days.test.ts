import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { newEvent, reset, type Event } from '../event/event.js';
import { TEST_CONTEXT } from './formats.case.js';
import { dialectOf } from './index.js';

/** The same day written twice, by a Linux firewall and by a router: what must be equal of each event. */
const SAME = [
  'srcIp',
  'dstIp',
  'srcPort',
  'dstPort',
  'proto',
  'tcpFlags',
  'icmpType',
  'icmpCode',
  'action',
  'direction',
] as const;

const SAMPLE = new URL('../../../test/data/sample/', import.meta.url);
/** Outside the repository: real background probes, which may not be passed on. */
const DAY = new URL('../../../../shared/data/day/', import.meta.url);
const hasDay = existsSync(fileURLToPath(DAY));

function linesOf(folder: URL, dialect: string): readonly string[] {
  const bytes = gunzipSync(readFileSync(new URL(`${dialect}.log.gz`, folder)));
  return bytes.toString('latin1').trimEnd().split('\n');
}

/** Reads both files side by side; returns how many lines there are, and the first few that are not as they must be. */
function compare(folder: URL, received: number): { lines: number; wrong: readonly string[] } {
  const context = { ...TEST_CONTEXT, received };
  const linux = linesOf(folder, 'netfilter');
  const router = linesOf(folder, 'mikrotik');
  const wrong: string[] = [];
  const one = newEvent();
  const other = newEvent();
  const read = (line: string, name: string, event: Event): boolean => {
    reset(event);
    const dialect = dialectOf(line);
    const verdict = dialect?.parse(line, context, event);
    if (dialect?.name === name && verdict === 'ok') return true;
    wrong.push(`${dialect?.name} ${verdict}: ${line}`);
    return false;
  };
  for (let at = 0; at < linux.length && wrong.length < 10; at++) {
    if (!read(linux[at]!, 'netfilter', one) || !read(router[at] ?? '', 'mikrotik', other)) continue;
    const different = SAME.filter((key) => one[key] !== other[key]);
    // A stamp of the Linux firewall has no year and no fraction.
    if (one.time !== Math.floor(other.time / 1000) * 1000) wrong.push(`time ${one.time} ${other.time}: ${linux[at]}`);
    if (different.length > 0) wrong.push(`${different.join()}: ${linux[at]} | ${router[at]}`);
  }
  if (router.length !== linux.length) wrong.push(`${linux.length} lines against ${router.length}`);
  return { lines: linux.length, wrong };
}

describe('a whole day', () => {
  test('of the sample is read in full, and alike in both dialects', () => {
    expect(compare(SAMPLE, Date.UTC(2026, 11, 1))).toEqual({ lines: 130_643, wrong: [] });
  });

  test.skipIf(!hasDay)(
    `of real probes is read in full, and alike in both dialects${hasDay ? '' : ' (skipped: ../shared/data/day is missing)'}`,
    () => {
      expect(compare(DAY, Date.UTC(2026, 11, 1))).toEqual({ lines: 474_552, wrong: [] });
    }
  );
});
