import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedStore } from '../embedded.js';
import { EnginePriority, threads } from './priority.js';

/** The nice value of a thread, field 19 of its stat. */
const niceOf = (id: number): number => {
  const stat = readFileSync(`/proc/self/task/${id}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};

test.skipIf(process.platform !== 'linux')(
  "the engine's threads stand back, the program's own keep their priority",
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fireplot-priority-'));
    const own = threads().map(({ name }) => name);
    const before = niceOf(process.pid);
    const priority = new EnginePriority();
    const store = await EmbeddedStore.open(folder);
    try {
      priority.start();
      const engine = threads().filter(({ name }) => !own.includes(name));
      expect(engine.length).toBeGreaterThan(3);
      for (const { id } of engine) expect(niceOf(id)).toBeGreaterThan(before);
      expect(niceOf(process.pid)).toBe(before);
    } finally {
      priority.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
);
