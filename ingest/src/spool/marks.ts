import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { chunkOf, HEAD, MARKS, scan, seedOf } from './chunk.js';
import type { Disk, DiskFile } from './disk.js';
import type { Mark } from './group.js';

const NAME = 'marks';
/** Room on a full disk: without it no mark could be kept, so no batch be taken away, so no room be made. */
const RESERVE = 'reserve';
const RESERVE_BYTES = 256 * 1024;
/** The file is written anew when it has grown to twice its size and this. */
const SLACK_BYTES = 256 * 1024;

/** What inputs must know again. Marks of batches that are stored lie in a file of their own; later ones with their batches. */
export class Marks {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #now: () => number;
  /** As last set, on disk or not yet. */
  readonly #latest = new Map<string, Mark>();
  /** As the file says. */
  readonly #saved = new Map<string, Mark>();
  #file: DiskFile | undefined;
  #seed = 0;
  #length = 0;
  /** When it was last written anew. */
  #lengthThen = 0;

  private constructor(folder: string, disk: Disk, now: () => number) {
    this.#folder = folder;
    this.#disk = disk;
    this.#now = now;
  }

  /**
   * @param now wall clock, ms since the epoch
   * @param warn told in one sentence of what could not be read
   */
  static async open(folder: string, disk: Disk, now: () => number, warn: (sentence: string) => void): Promise<Marks> {
    const marks = new Marks(folder, disk, now);
    await marks.#read(warn);
    await marks.#rewrite();
    await marks.#reserve();
    return marks;
  }

  get(scope: string): string | undefined {
    const mark = this.#latest.get(scope);
    return mark === undefined || this.#expired(mark) ? undefined : mark[1];
  }

  /** Takes a mark over, to be found by `get`; on disk it is only once it was saved, or its batch written. */
  set(mark: Mark): void {
    this.#latest.set(mark[0], mark);
  }

  /** Resolves when the marks of a batch that is about to go are on disk by themselves. Not to be called side by side. */
  async save(marks: readonly Mark[]): Promise<void> {
    if (marks.length === 0) return;
    for (const mark of marks) this.#saved.set(mark[0], mark);
    try {
      await this.#append(marks);
    } catch {
      await this.#disk.unlink(path.join(this.#folder, RESERVE)).catch(() => {});
      await this.#append(marks);
      await this.#reserve();
    }
    if (this.#length > 2 * this.#lengthThen + SLACK_BYTES) await this.#rewrite();
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #append(marks: readonly Mark[]): Promise<void> {
    if (this.#file === undefined) return this.#rewrite();
    const chunk = chunkOf(MARKS, Buffer.from(JSON.stringify(marks)), this.#seed);
    await this.#file.write(chunk, this.#length);
    await this.#file.sync();
    this.#length += chunk.length;
  }

  /** Writes the file anew, without what is void, and puts it in place whole. */
  async #rewrite(): Promise<void> {
    for (const mark of this.#latest.values()) if (this.#expired(mark)) this.#latest.delete(mark[0]);
    for (const mark of this.#saved.values()) if (this.#expired(mark)) this.#saved.delete(mark[0]);
    const token = randomUUID();
    const seed = seedOf(token);
    const head = chunkOf(HEAD, Buffer.from(token), 0);
    const body = chunkOf(MARKS, Buffer.from(JSON.stringify([...this.#saved.values()])), seed);
    const draft = path.join(this.#folder, `${NAME}.new`);
    await this.#disk.unlink(draft).catch(() => {});
    const file = await this.#disk.open(draft, 'new');
    try {
      await file.write(head, 0);
      await file.write(body, head.length);
      await file.sync();
      await this.#disk.rename(draft, path.join(this.#folder, NAME));
      await this.#disk.syncFolder(this.#folder);
    } catch (error) {
      await file.close();
      throw error;
    }
    await this.#file?.close();
    this.#file = file;
    this.#seed = seed;
    this.#length = this.#lengthThen = head.length + body.length;
  }

  async #read(warn: (sentence: string) => void): Promise<void> {
    const place = path.join(this.#folder, NAME);
    const bytes = await this.#disk.read(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (bytes === undefined) return;
    const [head] = scan(bytes, 0).chunks;
    const seed = head?.kind === HEAD ? seedOf(bytes.toString('latin1', head.start, head.end)) : 0;
    const { chunks, end, lost } = scan(bytes, seed);
    for (const { kind, start, end } of chunks) {
      if (kind !== MARKS) continue;
      for (const mark of JSON.parse(bytes.toString('utf8', start, end)) as Mark[]) {
        this.#saved.set(mark[0], mark);
        this.set(mark);
      }
    }
    // The head, whose checksum starts elsewhere, is what is "lost" before the first chunk.
    const damaged = head?.kind !== HEAD || chunks.length === 0 || lost > head.end;
    if (damaged) warn(`${place} is damaged: inputs may have forgotten how far they were, and read some lines again.`);
    else if (end < bytes.length) warn(`${place} was cut off at its end; nothing that it had confirmed is missing.`);
    if (damaged) await this.#disk.rename(place, `${place}.damaged`);
  }

  #expired([, , expires]: Mark): boolean {
    return expires !== null && expires <= this.#now();
  }

  async #reserve(): Promise<void> {
    const place = path.join(this.#folder, RESERVE);
    try {
      await this.#disk.unlink(place).catch(() => {});
      const file = await this.#disk.open(place, 'new');
      // Not all zeroes: some file systems keep no blocks for those.
      await file.write(Buffer.alloc(RESERVE_BYTES, 0x5a), 0).finally(() => file.close());
    } catch {
      // A full disk has no room to spare; then batches wait until there is some.
    }
  }
}
