import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { RecordingIntake } from '../intake.case.js';
import { readStream } from './stdin.js';

const LIMIT = 64;

async function until(intake: RecordingIntake, texts: readonly string[]): Promise<void> {
  await expect.poll(() => intake.texts, { timeout: 20_000, interval: 5 }).toEqual(texts);
}

test('reads lines however they are cut, and what is left at the end; then says that it has ended', async () => {
  const [stream, intake] = [new PassThrough(), new RecordingIntake()];
  const input = readStream(stream, { lineLimit: LIMIT }, intake);
  for (const piece of ['on', 'e\ntwo\r', '\n15 thr', 'ee\nhalf']) stream.write(piece);
  await until(intake, ['one', 'two', '15 three']);
  expect(intake.opened).toEqual([{ input: 'stdin', sender: 'stdin', stamps: 'believed' }]);
  expect(input.counts()).toEqual({ bytes: 22, connections: 1 });
  stream.end();
  await until(intake, ['one', 'two', '15 three', 'half']);
  expect(intake.said).toEqual([expect.stringContaining('Stdin has ended')]);
  expect(input.counts()).toEqual({ bytes: 22, connections: 0 });
  await input.close();
});

test('reads nothing while paused, and all of it afterwards', async () => {
  const [stream, intake] = [new PassThrough(), new RecordingIntake()];
  const input = readStream(stream, { lineLimit: LIMIT }, intake);
  input.pause();
  stream.write('one\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(intake.texts).toEqual([]);
  input.resume();
  await until(intake, ['one']);
  await input.close();
});

test('rests when the intake asks it to, and not for good', async () => {
  const [stream, intake] = [new PassThrough(), new RecordingIntake()];
  const input = readStream(stream, { lineLimit: LIMIT }, intake);
  intake.restMs = 40;
  stream.write('one\n');
  await until(intake, ['one']);
  expect(stream.isPaused()).toBe(true);
  stream.write('two\n');
  await until(intake, ['one', 'two']);
  await input.close();
});

test('hands on what it has read when it is closed, and what breaks the pipe ends nothing else', async () => {
  const [stream, intake] = [new PassThrough(), new RecordingIntake()];
  const input = readStream(stream, { lineLimit: LIMIT }, intake);
  stream.write('one\nhalf');
  await until(intake, ['one']);
  stream.destroy(new Error('EIO'));
  await until(intake, ['one', 'half']);
  expect(intake.said).toEqual([expect.stringContaining('EIO')]);
  await input.close();
});
