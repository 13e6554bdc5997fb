import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { awayStore } from './torture/away.case.js';
import { canLimitFiles, fullDisk } from './torture/full.case.js';

let folder: { path: string; remove: () => void };
beforeEach(() => void (folder = tempFolder('away')));
afterEach(() => folder.remove());

/** `npm run torture` has both for longer. */
test('a store that is away for a while gets all lines once when it is back', async () => {
  const result = await awayStore({ folder: folder.path, seconds: 5, perSecond: 5_000 });
  expect(result.wrong).toEqual([]);
  expect(result.sent).toBeGreaterThan(1_000);
  expect(result.spool).toBeGreaterThan(100_000);
});

test.skipIf(!canLimitFiles())(
  'a full disk makes senders wait, and costs no more than the UDP lines that are counted (needs bash and prlimit)',
  async () => {
    const result = await fullDisk({ folder: folder.path });
    expect(result.wrong).toEqual([]);
    expect(result.dropped).toBe(10);
  }
);
