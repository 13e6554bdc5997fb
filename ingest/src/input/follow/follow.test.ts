import {
  appendFileSync,
  chmodSync,
  closeSync,
  openSync,
  writeSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../config/error.js';
import { tempFolder } from '../../store/fixture.case.js';
import { RecordingIntake } from '../intake.case.js';
import type { Input } from '../intake.js';
import { openFollow } from './follow.js';
import type { FollowOptions } from './follow.js';

let folder: { path: string; remove: () => void };
let intake: RecordingIntake;
const running: Input[] = [];
beforeEach(() => {
  folder = tempFolder('follow');
  intake = new RecordingIntake();
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
  folder.remove();
});

const at = (name: string): string => path.join(folder.path, name);

async function follow(names: readonly string[], options: Partial<FollowOptions> = {}): Promise<Input> {
  const input = await openFollow(
    { patterns: names.map(at), from: 'start', graceMs: 60_000, pollMs: 3_600_000, lineLimit: 256, ...options },
    intake
  );
  running.push(input);
  return input;
}

/** Waits until this is what has been handed over; the test's own time limit ends a wait in vain. */
async function until(texts: readonly string[]): Promise<void> {
  await expect.poll(() => intake.texts, { timeout: 30_000, interval: 10 }).toEqual(texts);
}

describe('openFollow', () => {
  test('reads what is there and what is appended, and tells what the file is called and when it was written', async () => {
    writeFileSync(at('fw.log'), 'one\ntwo\r\n');
    const input = await follow(['*.log']);
    await until(['one', 'two']);
    appendFileSync(at('fw.log'), 'three\nfo');
    await until(['one', 'two', 'three']);
    appendFileSync(at('fw.log'), 'ur\n');
    await until(['one', 'two', 'three', 'four']);
    const [origin] = intake.opened;
    expect([origin?.input, origin?.sender, origin?.stamps]).toEqual(['file', 'fw', 'believed']);
    expect(Math.abs((origin?.near?.() ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect(input.counts()).toMatchObject({ bytes: 20, connections: 1, rotated: 0, truncated: 0 });
    expect(input.place).toBe(at('*.log'));
  });

  test('refuses to follow nothing', async () => {
    await expect(follow([])).rejects.toThrow(UserError);
  });

  test('finds files that come later, without waiting for the next look', async () => {
    await follow(['*.log']);
    expect(intake.said).toEqual([expect.stringContaining('No file matches')]);
    writeFileSync(at('late.log'), 'one\n');
    writeFileSync(at('other.txt'), 'not asked for\n');
    await until(['one']);
  });

  test('reads a rotated file to its end before the new one, and what a late writer appends to it', async () => {
    writeFileSync(at('fw.log'), 'one\n');
    const input = await follow(['fw.log']);
    await until(['one']);
    appendFileSync(at('fw.log'), 'two\n');
    renameSync(at('fw.log'), at('fw.log.1'));
    writeFileSync(at('fw.log'), 'three\n');
    await until(['one', 'two', 'three']);
    appendFileSync(at('fw.log.1'), 'late\n');
    await until(['one', 'two', 'three', 'late']);
    expect(input.counts()).toMatchObject({ rotated: 1, connections: 2 });
  });

  test('a half line at the end of a rotated file is a line once the file has been quiet for the grace time', async () => {
    writeFileSync(at('fw.log'), 'one\nhalf');
    await follow(['fw.log'], { graceMs: 50, pollMs: 50 });
    await until(['one']);
    renameSync(at('fw.log'), at('fw.log.1'));
    await until(['one', 'half']);
    // Its writer may still wake up.
    appendFileSync(at('fw.log.1'), ' rest\n');
    await until(['one', 'half', ' rest']);
  });

  test('reads a file on that was deleted while its writer goes on', async () => {
    writeFileSync(at('fw.log'), 'one\n');
    await follow(['fw.log'], { pollMs: 50 });
    await until(['one']);
    const writer = openSync(at('fw.log'), 'a');
    unlinkSync(at('fw.log'));
    writeSync(writer, 'two\n');
    closeSync(writer);
    await until(['one', 'two']);
  });

  test('starts again at the start of a file that was truncated, and says so by a count', async () => {
    writeFileSync(at('fw.log'), 'one\ntwo\n');
    const input = await follow(['fw.log']);
    await until(['one', 'two']);
    truncateSync(at('fw.log'));
    appendFileSync(at('fw.log'), 'three\n');
    await until(['one', 'two', 'three']);
    expect(input.counts()).toMatchObject({ truncated: 1 });
  });

  test('passes over the zeros that a writer leaves who does not append', async () => {
    writeFileSync(at('fw.log'), 'one\ntwo\n');
    await follow(['fw.log']);
    await until(['one', 'two']);
    writeFileSync(at('fw.log'), `${'\0'.repeat(300_000)}three\n`);
    await until(['one', 'two', 'three']);
  });

  test('hands on the head of a line over the limit, also where it goes on after a restart', async () => {
    writeFileSync(at('fw.log'), `one\n${'x'.repeat(400)}`);
    await follow(['fw.log']);
    await until(['one', 'x'.repeat(256)]);
    await running.pop()?.close();
    intake.commit();
    intake = new RecordingIntake(intake.disk);
    appendFileSync(at('fw.log'), 'yyy\ntwo\n');
    await follow(['fw.log']);
    await until(['one', 'x'.repeat(256), 'two']);
    expect(intake.lines.map(({ tooLong }) => tooLong)).toEqual([false, true, false]);
  });

  test('with from: end passes over what is there, packed or not, but no file that comes later', async () => {
    writeFileSync(at('a.log'), 'old\nold and half');
    writeFileSync(at('b.log.gz'), gzipSync('old\n'));
    await follow(['*.log*'], { from: 'end' });
    appendFileSync(at('a.log'), ' rest\nnew\n');
    writeFileSync(at('c.log'), 'new too\n');
    await expect.poll(() => intake.texts.toSorted(), { timeout: 30_000 }).toEqual(['new', 'new too']);
  });

  test('follows links, and a file that two names lead to once', async () => {
    mkdirSync(at('real'));
    writeFileSync(at('real/fw.log'), 'one\n');
    symlinkSync(at('real/fw.log'), at('link.log'));
    symlinkSync(at('nowhere'), at('broken.log'));
    symlinkSync(at('circle.log'), at('circle.log'));
    await follow(['*.log', 'real/*.log', 'circle.log']);
    await until(['one']);
    appendFileSync(at('real/fw.log'), 'two\n');
    await until(['one', 'two']);
    expect(intake.said).toEqual([expect.stringContaining('links lead in a circle')]);
  });

  test('says once what cannot be read, and reads it when it can be', async () => {
    mkdirSync(at('folder.log'));
    writeFileSync(at('packed.log'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2]));
    writeFileSync(at('damaged.log'), gzipSync('x'.repeat(50)).subarray(0, 20));
    writeFileSync(at('good.log'), 'one\n');
    await follow(['*.log', 'folder.log'], { pollMs: 30 });
    await until(['one']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(intake.said.toSorted()).toEqual([
      expect.stringContaining('damaged.log ends in the middle of its gzip data'),
      expect.stringContaining('folder.log cannot be followed (it is a folder)'),
      expect.stringContaining('packed.log is packed by xz'),
    ]);
    writeFileSync(at('damaged.log'), gzipSync('two\n'));
    await until(['one', 'two']);
  });

  test.skipIf(process.getuid?.() === 0)('reads a file once its permissions allow it (root may always)', async () => {
    writeFileSync(at('secret.log'), 'one\n');
    chmodSync(at('secret.log'), 0);
    await follow(['*.log'], { pollMs: 30 });
    await expect.poll(() => intake.said[0], { timeout: 30_000 }).toContain('this user may not read it');
    chmodSync(at('secret.log'), 0o600);
    await until(['one']);
    expect(intake.said.at(-1)).toContain('can be read again');
  });

  test('reads nothing while paused, and all of it afterwards', async () => {
    writeFileSync(at('fw.log'), 'one\n');
    const input = await follow(['fw.log']);
    await until(['one']);
    input.pause();
    appendFileSync(at('fw.log'), 'two\n');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(intake.texts).toEqual(['one']);
    input.resume();
    await until(['one', 'two']);
  });

  test('rests as long as the intake asks a sender to', async () => {
    intake.restMs = 30;
    writeFileSync(at('fw.log'), 'one\n');
    await follow(['fw.log']);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(intake.texts).toEqual([]);
    intake.restMs = 0;
    await until(['one']);
  });

  test('after a restart tells the head of the file and the lines before, without handing them over again', async () => {
    const head = ['#separator \\x09', '#fields\tts\tid.orig_h'];
    const lines = Array.from({ length: 9 }, (_, i) => `line ${i}`);
    writeFileSync(at('conn.log'), `${[...head, ...lines].join('\n')}\n`);
    await follow(['conn.log']);
    await until([...head, ...lines]);
    await running.pop()?.close();
    intake.commit();
    intake = new RecordingIntake(intake.disk);
    appendFileSync(at('conn.log'), 'new\n');
    await follow(['conn.log']);
    await until([...head, ...lines, 'new']);
    expect(intake.opened[0]?.before).toEqual([...head, 'line 6', 'line 7', 'line 8']);
  });
});
