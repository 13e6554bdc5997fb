import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedStore } from '../embedded.js';
import { MergePriority, mergeThreads } from './priority.js';

/** The nice value of a thread, field 19 of its stat. */
const niceOf = (id: number): number => {
  const stat = readFileSync(`/proc/self/task/${id}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};

test.skipIf(process.platform !== 'linux')('merges stand back, the program itself does not', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fireplot-priority-'));
  const before = niceOf(process.pid);
  const priority = new MergePriority();
  const store = await EmbeddedStore.open(folder);
  try {
    // The engine starts its merging with the first table that may need it.
    await store.command('CREATE TABLE default.t (n UInt8) ENGINE = MergeTree ORDER BY n');
    expect(mergeThreads()).not.toEqual([]);
    for (const id of mergeThreads()) expect(niceOf(id)).toBe(before);
    priority.start();
    for (const id of mergeThreads()) expect(niceOf(id)).toBeGreaterThan(before);
    expect(niceOf(process.pid)).toBe(before);
  } finally {
    priority.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
