import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { readPrevious, writeWhole } from './write.js';

let folder: { path: string; remove: () => void };
const at = (name: string): string => path.join(folder.path, name);
beforeEach(() => void (folder = tempFolder('write')));
afterEach(() => folder.remove());

test('a file is there whole, and nothing beside it', async () => {
  expect(await readPrevious(at('list'))).toBe('');
  await writeWhole(at('list'), 'one\n');
  await writeWhole(at('list'), 'two\n');
  expect(await readPrevious(at('list'))).toBe('two\n');
  expect(readdirSync(folder.path)).toEqual(['list']);
});

test('whoever reads the old file goes on reading it whole: it is replaced, not written over', async () => {
  await writeWhole(at('list'), 'one\n');
  const before = statSync(at('list')).ino;
  await writeWhole(at('list'), 'two\n');
  expect(statSync(at('list')).ino).not.toBe(before);
});

test('a file keeps its mode, and a link stays a link', async () => {
  mkdirSync(at('real'));
  writeFileSync(at('real/list'), 'old');
  chmodSync(at('real/list'), 0o640);
  symlinkSync('real/list', at('link'));
  await writeWhole(at('link'), 'new');
  expect(readFileSync(at('real/list'), 'utf8')).toBe('new');
  expect(statSync(at('real/list')).mode & 0o777).toBe(0o640);
  expect(readdirSync(at('real'))).toEqual(['list']);
});

test.each([
  ['into a folder that is not there', 'nowhere/list', 'cannot be written (ENOENT)'],
  ['over a folder', 'folder', 'is no file'],
])('writing %s is refused in a sentence and leaves nothing', async (_, name, words) => {
  mkdirSync(at('folder'));
  await expect(writeWhole(at(name), 'x')).rejects.toThrow(words);
  expect(readdirSync(folder.path)).toEqual(['folder']);
});

test('a file that cannot be read is not replaced', async () => {
  mkdirSync(at('folder'));
  await expect(readPrevious(at('folder'))).rejects.toThrow('cannot be read (EISDIR)');
});
