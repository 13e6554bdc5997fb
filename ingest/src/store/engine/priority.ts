import { readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/** By how much the engine stands back; a core that is free is still all its own. */
const NICE = 10;
/** The engine starts threads as it needs them, so that they are looked for again. */
const LOOK_MS = 10_000;
const TASKS = '/proc/self/task';

/**
 * Lets the engine's threads stand back behind those that take lines in: merges can wait, a datagram cannot. Only Linux
 * gives a thread a priority of its own; elsewhere nothing happens.
 */
export class EnginePriority {
  /** What threads are called that the engine has no part in. It gives those it runs on names of its own. */
  readonly #others: ReadonlySet<string>;
  readonly #done = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  readonly #nice = Math.min(getPriority() + NICE, constants.priority.PRIORITY_LOW);

  /** To be made after all threads of the program itself have started, and before the engine is loaded. */
  constructor() {
    this.#others = new Set(threads().map(({ name }) => name));
  }

  start(): void {
    this.#lower();
    this.#timer = setInterval(() => this.#lower(), LOOK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #lower(): void {
    for (const { id, name } of threads()) {
      if (this.#done.has(id) || this.#others.has(name)) continue;
      try {
        setPriority(id, this.#nice);
        this.#done.add(id);
      } catch {
        // It has ended meanwhile, or the system does not allow it: then it runs as before.
      }
    }
  }
}

/** @returns the threads of this process; none where the system does not list them */
export function threads(): { readonly id: number; readonly name: string }[] {
  const found: { id: number; name: string }[] = [];
  try {
    for (const id of readdirSync(TASKS)) found.push({ id: Number(id), name: nameOf(id) });
  } catch {
    // not Linux
  }
  return found.filter(({ name }) => name !== '');
}

function nameOf(id: string): string {
  try {
    return readFileSync(`${TASKS}/${id}/comm`, 'utf8').trim();
  } catch {
    return ''; // ended meanwhile
  }
}
