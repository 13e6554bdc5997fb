import type { Intake } from '../intake.js';
import type { LineSink } from '../lines.js';
import { InputError } from '../source.js';
import { LAST_BYTES, linesBefore } from './before.js';
import type { Catalogue } from './catalogue.js';
import { PackedReading } from './packed.js';
import { peek } from './peek.js';
import type { Peek } from './peek.js';
import { openFile, PlainReading, readRoom } from './plain.js';
import { PRINT_BYTES, printOf } from './print.js';
import type { Reading } from './reading.js';
import type { FileRecord } from './record.js';
import type { Sighting } from './sight.js';
import type { FollowStats, OpenFile } from './trail.js';

/** A file that may have to be opened. */
export interface Asked {
  /** The followed path that it belongs to. */
  readonly trail: string;
  readonly sighting: Sighting;
  /** It bears the followed name. */
  readonly current: boolean;
  /** It matches what the user named; else it only lies beside, with a name that rotation gives. */
  readonly own: boolean;
  /** So many are open that one with nothing new can do without. */
  readonly crowded: boolean;
}

/** What else the scan has seen. */
export interface Scene {
  /** What is there now is to be passed over. */
  readonly fromEnd: boolean;
  readonly inodes: ReadonlySet<string>;
  readonly isOpen: (inode: string) => boolean;
}

/** What was written to so lately may be a copy in the making. */
const SETTLED_MS = 2_000;
/** A file's time may lie so much before that of the clock by which it was written. */
const COARSE_MS = 20;

/** Decides of a file whether and from where it is read: it is known, or the copy of one that is, or new. */
export class Opener {
  readonly #options: { readonly lineLimit: number; readonly senderOf: (path: string) => string };
  readonly #intake: Intake;
  readonly #catalogue: Catalogue;
  readonly #stats: FollowStats;
  readonly #now: () => number;
  readonly #room: Buffer;
  /** Paths that could not be read, which has been said. */
  readonly #complained = new Set<string>();
  /** Damaged packed files, which are tried again when they change. */
  readonly #givenUp = new Map<string, string>();

  constructor(
    options: { readonly lineLimit: number; readonly senderOf: (path: string) => string },
    intake: Intake,
    catalogue: Catalogue,
    stats: FollowStats,
    now: () => number
  ) {
    this.#options = options;
    this.#intake = intake;
    this.#catalogue = catalogue;
    this.#stats = stats;
    this.#now = now;
    this.#room = readRoom(options.lineLimit);
  }

  /** @returns undefined when there is nothing to read in it, or not yet, or it cannot be read, which is said once */
  async open(asked: Asked, scene: Scene): Promise<OpenFile | undefined> {
    const { sighting } = asked;
    if (this.#givenUp.get(sighting.path) === versionOf(sighting)) return undefined;
    try {
      const known = this.#catalogue.byInode(sighting.inode);
      if (known === undefined) return await this.#meet(asked, scene);
      this.#catalogue.see(known, this.#now());
      if (isDone(known, sighting) && (known.packed || !asked.current || asked.crowded)) return undefined;
      const found = await peek(sighting.path);
      const reading = await this.#reading(found, sighting, known);
      if ((await reading.verify()) || (await this.#isShortened(reading))) return this.#opened(asked, reading, found);
      await reading.close();
      // The number was used again, or the file was truncated while nobody looked.
      if (known.path === sighting.path) this.#stats.truncated++;
      this.#catalogue.retire(known);
      return await this.#meet(asked, scene);
    } catch (error) {
      this.complain(sighting.path, error);
      if (error instanceof InputError) this.giveUp(sighting);
      return undefined;
    }
  }

  /** A file never seen under this number. */
  async #meet(asked: Asked, scene: Scene): Promise<OpenFile | undefined> {
    const { sighting, own, trail, current } = asked;
    const since = this.#catalogue.sinceOf(trail) ?? Number.POSITIVE_INFINITY;
    // What was last written to before we came holds nothing that we are to follow.
    if (!own && (sighting.size === 0 || sighting.modified < since)) return undefined;
    const found = await peek(sighting.path);
    const settled = this.#now() - sighting.modified >= SETTLED_MS;
    const likely = this.#catalogue.likely(trail, found.head);
    for (const record of likely) {
      const stands = scene.inodes.has(record.inode);
      if (!current && (stands || scene.isOpen(record.inode))) return undefined; // its turn comes when that one ends
      if (current && stands) continue;
      const { path, inode } = sighting;
      const copy = { ...record, path, inode, trail, packed: found.packed, size: 0, modified: 0 };
      const reading = await this.#reading(found, sighting, copy);
      if (await reading.verify()) {
        this.#catalogue.add(copy);
        this.#catalogue.remove(record);
        return this.#opened(asked, reading, found);
      }
      await reading.close();
      if (!current && !settled && sighting.size < record.offset) return undefined;
    }
    if (!own && !settled && found.head.length < PRINT_BYTES) return undefined;
    if (!own) this.#intake.say('info', `${sighting.path} was written and rotated unseen: it is read now.`);
    const record = { ...this.#newRecord(trail, sighting), packed: found.packed };
    const reading = await this.#reading(found, sighting, record);
    if (scene.fromEnd && reading instanceof PlainReading) await reading.skipTo(sighting.size);
    const passed = scene.fromEnd && found.packed;
    if (passed) Object.assign(record, { size: sighting.size, modified: sighting.modified });
    this.#catalogue.add(record);
    if (!passed) return this.#opened(asked, reading, found);
    await reading.close();
    return undefined;
  }

  /**
   * After a step said 'cut'. @returns whether the file is read on where it ends; else it has a new record and is
   * read from its start, once copies of what it held have been looked for
   */
  async restart(file: OpenFile, trail: string): Promise<boolean> {
    const { reading, sighting } = file;
    if (await this.#isShortened(reading)) return true;
    this.#stats.truncated++;
    this.#catalogue.retire(reading.record);
    if (!(reading instanceof PlainReading)) return false;
    const record = this.#newRecord(trail, sighting);
    this.#catalogue.add(record);
    file.reading = reading.as(record);
    file.sink = this.#sink(trail, () => file.reading, []);
    return false;
  }

  /** Says once of a path that it cannot be read. */
  complain(path: string, error: unknown): void {
    if (this.#complained.has(path)) return;
    this.#complained.add(path);
    this.#stats.unreadable++;
    const own = error instanceof InputError ? error.message : undefined;
    this.#intake.say('warn', own ?? `${path} cannot be followed (${reasonOf(error)}): it is tried again.`);
  }

  /** A path can be read (again). */
  forgive(path: string): void {
    if (this.#complained.delete(path)) this.#intake.say('info', `${path} can be read again.`);
  }

  /** The file is not tried again until it changes. */
  giveUp(sighting: Sighting): void {
    this.#givenUp.set(sighting.path, versionOf(sighting));
  }

  async #isShortened(reading: Reading): Promise<boolean> {
    if (!(reading instanceof PlainReading) || !(await reading.shortened())) return false;
    const { record } = reading;
    this.#catalogue.save(record);
    this.#intake.say('warn', `${record.path} has lost its end, which had been read: it is read on from where it ends.`);
    return true;
  }

  async #reading({ packed }: Peek, sighting: Sighting, record: FileRecord): Promise<Reading> {
    const { path, size, modified } = sighting;
    const { lineLimit } = this.#options;
    if (packed) return new PackedReading(path, record, size, modified, lineLimit);
    return new PlainReading(await openFile(path), record, modified, this.#room, lineLimit);
  }

  async #opened({ trail, sighting, current }: Asked, reading: Reading, { head }: Peek): Promise<OpenFile> {
    const { record } = reading;
    record.path = sighting.path;
    const last = reading instanceof PlainReading ? await reading.before(LAST_BYTES) : Buffer.alloc(0);
    const before = record.offset === 0 ? [] : linesBefore(head, last, record.offset);
    const file: OpenFile = {
      ...{ reading, sighting, current, lost: 'no', fresh: true, grew: this.#now() },
      sink: this.#sink(trail, () => file.reading, before),
    };
    this.forgive(sighting.path);
    return file;
  }

  #sink(trail: string, reading: () => Reading, before: readonly string[]): LineSink {
    const sender = this.#options.senderOf(trail);
    return this.#intake.open({ input: 'file', sender, stamps: 'believed', near: () => reading().modified, before });
  }

  #newRecord(trail: string, { path, inode }: Sighting): FileRecord {
    const none = printOf(Buffer.alloc(0));
    const now = this.#now();
    return {
      ...{ id: 0, trail, path, inode, packed: false, offset: 0, skipping: false, head: none, tail: none },
      ...{ size: 0, modified: 0, since: now - COARSE_MS, seen: now },
    };
  }
}

/** All of the file had been read, and it has not changed since. */
const isDone = (record: FileRecord, { size, modified }: Sighting): boolean =>
  record.size === size && record.modified === modified && (size > 0 || record.offset === 0);

const versionOf = ({ inode, size, modified }: Sighting): string => `${inode} ${size} ${modified}`;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
};

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
