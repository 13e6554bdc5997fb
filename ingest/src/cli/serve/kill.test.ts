import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { killing } from './torture/killing.case.js';

let folder: { path: string; remove: () => void };
beforeEach(() => void (folder = tempFolder('kill')));
afterEach(() => folder.remove());

/** `npm run torture` has more. */
test('a service that is killed again and again stores what comes by file, HTTP and RELP once, and of plain syslog what it had on disk', async () => {
  const result = await killing({ folder: folder.path, kills: 4, lifeMs: 1_500, perSecond: 300, seed: 5 });
  expect(result.wrong).toEqual([]);
  for (const [name, lines] of Object.entries(result.stored)) expect(lines, name).toBeGreaterThan(0);
});
