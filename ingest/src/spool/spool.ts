import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Batch } from '../sink/batch.js';
import { seedOf } from './chunk.js';
import type { Clock } from './clock.js';
import { DISK } from './disk.js';
import type { Disk } from './disk.js';
import { SpoolError } from './error.js';
import { addGroup, batchOf, gatherRows, newFile, readFile } from './file.js';
import type { SpoolFile } from './file.js';
import { encodeGroup } from './group.js';
import type { Group } from './group.js';
import { headChunk } from './head.js';
import { Marks } from './marks.js';
import { formatName } from './names.js';
import { recover } from './recover.js';

export interface SpoolOptions {
  readonly folder: string;
  /** The version that runs: an older one is named where only it can store what it wrote. */
  readonly program: string;
  readonly disk?: Disk;
  readonly clock: Clock;
  /** Told in one sentence of what is damaged. */
  readonly warn: (sentence: string) => void;
}

const RETRY_MS = 1_000;
/** Larger groups than this get a buffer of their own. */
const STAGING_BYTES = 1024 * 1024;

/**
 * Batches on disk between the inputs and the store: a file a batch, in the order of their begin. What is in a file
 * stays there until the store has it; what inputs must know again (marks) goes with it.
 */
export class Spool {
  readonly marks: Marks;
  /** Batches that the process before has left, oldest first; of no more use once read. */
  readonly recovered: readonly SpoolFile[];
  readonly #folder: string;
  readonly #options: SpoolOptions;
  readonly #disk: Disk;
  readonly #unlock: () => void;
  readonly #staging = Buffer.allocUnsafeSlow(STAGING_BYTES);
  /** Oldest first. */
  #files: SpoolFile[];
  #next: number;
  #retiring: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  #failing = false;
  /** Bytes of all files on disk. */
  bytes = 0;

  private constructor(options: SpoolOptions, unlock: () => void, marks: Marks, files: SpoolFile[], next: number) {
    this.#options = options;
    this.#folder = options.folder;
    this.#disk = options.disk ?? DISK;
    this.#unlock = unlock;
    this.marks = marks;
    this.recovered = files;
    this.#files = [...files];
    this.#next = next;
    for (const file of files) {
      this.bytes += file.bytes;
      for (const mark of file.marks.values()) marks.set(mark);
    }
  }

  /** @throws SpoolError when another process holds the folder, or it cannot be used */
  static async open(options: SpoolOptions): Promise<Spool> {
    const { folder, clock, warn, disk = DISK } = options;
    const unlock = take(folder, disk);
    try {
      const marks = await Marks.open(folder, disk, clock.wall, warn);
      const { files, next } = await recover({ folder, disk, clock, warn });
      return new Spool(options, unlock, marks, files, next);
    } catch (cause) {
      unlock();
      if (cause instanceof SpoolError) throw cause;
      throw unusable(folder, cause);
    }
  }

  /** A new batch, at its first line; its file is made when its first group is written. */
  begin(): SpoolFile {
    const { wall, steady } = this.#options.clock;
    const file = newFile(this.#next++, randomUUID(), wall(), steady());
    this.#files.push(file);
    return file;
  }

  /**
   * Counts a group in with its batch, and takes its bytes over.
   * @returns writes them, and resolves when they survive a power cut; may be called again after it has failed
   */
  add(file: SpoolFile, group: Group): () => Promise<void> {
    addGroup(file, group);
    const head = file.bytes === 0 ? headChunk(file.token, this.#options.program, file.created) : undefined;
    const chunk = encodeGroup(group, seedOf(file.token), this.#staging, head);
    const at = file.bytes;
    return async () => {
      file.handle ??= await this.#disk.open(this.#place(file), 'new');
      const { handle } = file;
      const named = at === 0 ? this.#disk.syncFolder(this.#folder) : undefined;
      await Promise.all([handle.write(chunk, at).then(() => handle.sync()), named]);
      file.bytes += chunk.length;
      this.bytes += chunk.length;
      if (group.closes) await closeHandle(file);
    };
  }

  /** A closed batch, read back. @throws Error when the file cannot be read */
  async load(file: SpoolFile): Promise<Batch> {
    const read = await this.#disk.read(this.#place(file));
    // Its memory is going to be handed to another thread: it must be of its own.
    const bytes = read.length === read.buffer.byteLength ? read : Buffer.from(Uint8Array.from(read).buffer);
    const { groups, scan } = readFile(bytes, file.token);
    if (!file.damaged && (scan.lost > 0 || scan.end < file.bytes)) {
      file.rows = groups.reduce((sum, { rows }) => sum + rows, 0);
      this.damage(file, `the ${file.rows} events that could be read of it are stored`);
    }
    return batchOf(file, gatherRows(bytes, groups));
  }

  /** The file is not whole: it is kept for a look when it is done with. @param what becomes of its batch, in words */
  damage(file: SpoolFile, what: string): void {
    file.damaged = true;
    this.#options.warn(`${this.#place(file)} is damaged: ${what}, and the file is kept for a look as .damaged.`);
  }

  /**
   * The batch is in the store, or ('refused') the store will never take it; then its file is set aside, and tried again
   * at the next start. Resolves when the file is gone, or could not be taken away for now.
   */
  settle(file: SpoolFile, end: 'stored' | 'refused'): Promise<void> {
    file.end = end;
    return this.#retireSoon();
  }

  /** Batches that wait for the store, oldest first; the last may be in memory alone. */
  get waiting(): readonly SpoolFile[] {
    return this.#files.filter(({ end }) => end === undefined);
  }

  async close(): Promise<void> {
    clearTimeout(this.#again);
    await this.#retireSoon();
    clearTimeout(this.#again);
    for (const file of this.#files) await closeHandle(file);
    await this.marks.close();
    this.#unlock();
  }

  /** One after the other; what fails is tried again. */
  #retireSoon(): Promise<void> {
    this.#retiring = this.#retiring.then(async () => {
      try {
        await this.#retire();
        this.#failing = false;
      } catch (error) {
        if (!this.#failing)
          this.#options.warn(`cannot take stored batches out of ${this.#folder}: ${wordsOf(error)}; trying again.`);
        this.#failing = true;
        clearTimeout(this.#again);
        this.#again = setTimeout(() => void this.#retireSoon(), RETRY_MS);
      }
    });
    return this.#retiring;
  }

  /** In order: a later batch may hold a later value of the same mark. */
  async #retire(): Promise<void> {
    const waits = this.#files.findIndex(({ end }) => end === undefined);
    const going = waits < 0 ? [...this.#files] : this.#files.slice(0, waits);
    const marks = new Map(going.flatMap((file) => [...file.marks]));
    await this.marks.save([...marks.values()]);
    for (const file of going) {
      await closeHandle(file);
      await this.#remove(file);
      this.#files.shift();
    }
  }

  async #remove(file: SpoolFile): Promise<void> {
    const place = this.#place(file);
    if (file.damaged || (file.end === 'refused' && file.kind !== 'refused')) {
      file.kind = file.damaged ? 'damaged' : 'refused';
      await this.#disk.rename(place, this.#place(file));
    } else if (file.end === 'stored') {
      await this.#disk.unlink(place);
    }
    // What the store has refused is still here, and counts.
    if (file.kind !== 'refused' || file.end === 'stored') this.bytes -= file.bytes;
  }

  #place({ seq, token, kind }: SpoolFile): string {
    return path.join(this.#folder, formatName({ seq, token, kind }));
  }
}

async function closeHandle(file: SpoolFile): Promise<void> {
  const { handle } = file;
  file.handle = undefined;
  await handle?.close();
}

function take(folder: string, disk: Disk): () => void {
  let lock: ReturnType<Disk['take']>;
  try {
    lock = disk.take(folder);
  } catch (cause) {
    throw unusable(folder, cause);
  }
  if (typeof lock !== 'number') return lock;
  throw new SpoolError(
    `the spool ${folder} is in use by process ${lock}: stop that one first, or choose another folder with --spool.`
  );
}

function unusable(folder: string, cause: unknown): SpoolError {
  return new SpoolError(`cannot use ${folder} as spool: ${wordsOf(cause)}; choose another folder with --spool.`, {
    cause,
  });
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
