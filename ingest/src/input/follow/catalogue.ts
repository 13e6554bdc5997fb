import type { Intake } from '../intake.js';
import { familyOf } from './family.js';
import { headLength, readRecord, recordText } from './record.js';
import type { FileRecord } from './record.js';
import { printOf } from './print.js';

/** Names the records there are: marks can only be asked for by their scope. */
const INDEX = 'files';
const DAY = 86_400_000;
/** A file that has not been seen for so long is forgotten, and would be read anew. */
const FORGET_MS = 60 * DAY;
/** Beyond so many records, those of files unseen for longest are forgotten. */
const MAX_RECORDS = 20_000;

/** All files known, and how far each was read. Every change is a mark, so it lasts as long as the lines before it. */
export class Catalogue {
  readonly #intake: Intake;
  readonly #records = new Map<number, FileRecord>();
  readonly #inodes = new Map<string, FileRecord>();
  /** By followed path, and by that from which a path was rotated. */
  readonly #trails = new Map<string, Set<FileRecord>>();
  readonly #since = new Map<string, number>();
  #next = 1;

  constructor(intake: Intake) {
    this.#intake = intake;
    const [next = 1, ...ids] = (intake.recall(INDEX) ?? '').split(',').filter(Boolean).map(Number);
    this.#next = next;
    for (const id of ids) {
      const record = readRecord(id, intake.recall(scopeOf(id)) ?? '');
      if (record !== undefined) this.#keep(record);
    }
  }

  byInode(inode: string): FileRecord | undefined {
    return this.#inodes.get(inode);
  }

  /** When this path was first followed, ms; undefined when it never was. */
  sinceOf(trail: string): number | undefined {
    return this.#since.get(trail);
  }

  /** All paths that were ever followed and of which files are known. */
  trails(): Iterable<string> {
    return this.#since.keys();
  }

  /** All files that are known of a followed path, those that bore its name and were rotated away among them. */
  ofTrail(trail: string): FileRecord[] {
    return [...(this.#trails.get(trail) ?? [])];
  }

  /** Those of a followed path that begin with the same bytes, the one read furthest first. */
  likely(trail: string, head: Buffer): FileRecord[] {
    const begins = (record: FileRecord): boolean => {
      const length = headLength(record);
      return length > 0 && length <= head.length && printOf(head.subarray(0, length)) === record.head;
    };
    return this.ofTrail(trail)
      .filter(begins)
      .sort((a, b) => b.offset - a.offset);
  }

  /** Takes a record in, and numbers it. */
  add(record: FileRecord): void {
    record.id = this.#next++;
    this.#keep(record);
    this.#markIndex();
    this.save(record);
  }

  save(record: FileRecord): void {
    this.#intake.mark(scopeOf(record.id), recordText(record));
  }

  /** What the record is of is no more in its file, but may lie in a copy of it. */
  retire(record: FileRecord): void {
    if (this.#inodes.get(record.inode) === record) this.#inodes.delete(record.inode);
    record.inode = '';
    this.save(record);
  }

  remove(record: FileRecord): void {
    if (!this.#records.delete(record.id)) return;
    this.#drop(record);
    this.#markIndex();
    this.#intake.mark(scopeOf(record.id), '', 1);
  }

  /** Takes note that a file is still there; on disk that is refreshed once a day. */
  see(record: FileRecord, now: number): void {
    if (now - record.seen < DAY) return;
    record.seen = now;
    this.save(record);
  }

  /** Forgets files unseen for long. @param open those that are being read */
  tidy(now: number, open: ReadonlySet<FileRecord>): void {
    const idle = [...this.#records.values()].filter((record) => !open.has(record)).sort((a, b) => a.seen - b.seen);
    let excess = this.#records.size - MAX_RECORDS;
    for (const record of idle) {
      if (excess <= 0 && now - record.seen < FORGET_MS) break;
      this.remove(record);
      excess--;
    }
  }

  #keep(record: FileRecord): void {
    this.#records.set(record.id, record);
    if (record.inode !== '') this.#inodes.set(record.inode, record);
    for (const trail of namesOf(record)) {
      const files = this.#trails.get(trail);
      if (files === undefined) this.#trails.set(trail, new Set([record]));
      else files.add(record);
    }
    const since = this.#since.get(record.trail);
    if (since === undefined || record.since < since) this.#since.set(record.trail, record.since);
  }

  #drop(record: FileRecord): void {
    if (this.#inodes.get(record.inode) === record) this.#inodes.delete(record.inode);
    for (const trail of namesOf(record)) {
      const files = this.#trails.get(trail);
      files?.delete(record);
      if (files?.size === 0) this.#trails.delete(trail);
    }
    if (!this.#trails.has(record.trail)) this.#since.delete(record.trail);
  }

  #markIndex(): void {
    this.#intake.mark(INDEX, [this.#next, ...this.#records.keys()].join(','));
  }
}

const scopeOf = (id: number): string => `file:${id}`;

const namesOf = ({ trail }: FileRecord): Set<string> => new Set([trail, familyOf(trail)]);
