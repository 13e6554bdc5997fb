import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GroupCommit } from './commit.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }));
afterEach(() => void vi.useRealTimers());

/** A disk whose writes are settled by the test, and an intake that counts. */
class World {
  /** What came in, what is being written, what is written. */
  came = 0;
  gathered = 0;
  onDisk = 0;
  writes: { to: number; ok: () => void; fail: (error: Error) => void }[] = [];
  faults: (string | undefined)[] = [];
  readonly commit = new GroupCommit({
    gather: () => {
      if (this.came === this.gathered) return undefined;
      this.gathered = this.came;
      const to = this.gathered;
      return () =>
        new Promise((resolve, reject) => {
          this.writes.push({ to, ok: () => ((this.onDisk = to), resolve()), fail: reject });
        });
    },
    written: () => {},
    fault: (error) => void this.faults.push(error?.message),
  });

  line(): void {
    this.came++;
    this.commit.touch();
  }

  /** Lets the write under way succeed. */
  async ok(): Promise<void> {
    this.writes.shift()?.ok();
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(): Promise<void> {
    this.writes.shift()?.fail(new Error('ENOSPC'));
    await vi.advanceTimersByTimeAsync(0);
  }
}

const state = (promise: Promise<void>): { now: string } => {
  const seen = { now: 'waits' };
  promise.then(
    () => (seen.now = 'durable'),
    (error: Error) => (seen.now = error.message)
  );
  return seen;
};

describe('a group commit', () => {
  test('writes within 25 ms what came in, all of it at once', async () => {
    const world = new World();
    world.line();
    world.line();
    await vi.advanceTimersByTimeAsync(24);
    expect(world.writes).toHaveLength(0);
    world.line();
    await vi.advanceTimersByTimeAsync(1);
    expect(world.writes.map(({ to }) => to)).toEqual([3]);
  });

  test('writes as soon as the loop comes round when somebody waits, and answers all who wait together', async () => {
    const world = new World();
    world.line();
    const first = state(world.commit.durable());
    world.line();
    const second = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    expect(world.writes.map(({ to }) => to)).toEqual([2]);
    expect([first.now, second.now]).toEqual(['waits', 'waits']);
    await world.ok();
    expect([first.now, second.now]).toEqual(['durable', 'durable']);
  });

  test('makes whoever comes while it writes wait for the next, unless all of theirs is in it', async () => {
    const world = new World();
    world.line();
    const first = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    const same = state(world.commit.durable());
    world.line();
    const next = state(world.commit.durable());
    await world.ok();
    expect([first.now, same.now, next.now]).toEqual(['durable', 'durable', 'waits']);
    await vi.advanceTimersByTimeAsync(0);
    await world.ok();
    expect([next.now, world.onDisk]).toEqual(['durable', 2]);
  });

  test('has nothing to wait for when nothing came in', async () => {
    await expect(new World().commit.durable()).resolves.toBeUndefined();
  });

  test('writes again each second while the disk takes nothing, says so once, and goes on', async () => {
    const world = new World();
    world.line();
    const waits = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 3; i++) {
      await world.fail();
      expect(world.commit.faulty).toBe(true);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect([waits.now, world.faults]).toEqual(['waits', ['ENOSPC']]);
    await world.ok();
    expect([waits.now, world.faults, world.commit.faulty]).toEqual(['durable', ['ENOSPC', undefined], false]);
  });

  test('tells whoever waits after ten seconds, and those who come at once, until the disk takes it', async () => {
    const world = new World();
    world.line();
    const waits = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 11; i++) {
      await world.fail();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(waits.now).toBe('ENOSPC');
    world.line();
    const late = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    expect(late.now).toBe('ENOSPC');
    await world.ok();
    await vi.advanceTimersByTimeAsync(25);
    await world.ok();
    expect(world.onDisk).toBe(2);
    world.line();
    const later = state(world.commit.durable());
    await vi.advanceTimersByTimeAsync(0);
    await world.ok();
    expect(later.now).toBe('durable');
  });

  test('ends when all is on disk', async () => {
    const world = new World();
    world.line();
    const ended = world.commit.end();
    await vi.advanceTimersByTimeAsync(0);
    world.line();
    await world.ok();
    expect(await ended).toBe(true);
  });

  test('ends at once when the disk takes nothing, and says so', async () => {
    const world = new World();
    world.line();
    await vi.advanceTimersByTimeAsync(25);
    await world.fail();
    const ended = world.commit.end();
    await vi.advanceTimersByTimeAsync(0);
    await world.fail();
    expect(await ended).toBe(false);
  });
});
