import { readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/** By how much merges stand back; a core that is free is still all theirs. */
const NICE = 10;
/** The engine starts threads as it needs them, so that they are looked for again. */
const LOOK_MS = 10_000;
const TASKS = '/proc/self/task';
/** What the engine calls threads that put parts together. */
const MERGING = 'MergeMutate';

/**
 * Lets merges stand back behind what takes lines in and stores them: a merge can wait, a datagram cannot. The threads
 * that insert keep their priority; standing back too, they took a fifth off the rate of a socket. Only Linux gives a
 * thread a priority of its own; elsewhere nothing happens.
 */
export class MergePriority {
  readonly #nice = Math.min(getPriority() + NICE, constants.priority.PRIORITY_LOW);
  readonly #done = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#lower();
    this.#timer = setInterval(() => this.#lower(), LOOK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #lower(): void {
    for (const id of mergeThreads()) {
      if (this.#done.has(id)) continue;
      try {
        setPriority(id, this.#nice);
        this.#done.add(id);
      } catch {
        // It has ended meanwhile, or the system does not allow it: then it runs as before.
      }
    }
  }
}

/** @returns ids of this process's threads that merge; none where the system does not list them */
export function mergeThreads(): number[] {
  try {
    return readdirSync(TASKS)
      .filter((id) => nameOf(id) === MERGING)
      .map(Number);
  } catch {
    return []; // not Linux
  }
}

function nameOf(id: string): string {
  try {
    return readFileSync(`${TASKS}/${id}/comm`, 'utf8').trim();
  } catch {
    return ''; // ended meanwhile
  }
}
