import path from 'node:path';
import type { Intake } from '../intake.js';
import { Catalogue } from './catalogue.js';
import { familyOf } from './family.js';
import { isNamed, pathsOf } from './glob.js';
import { Opener } from './opener.js';
import { PlainReading } from './plain.js';
import type { FileRecord } from './record.js';
import { Sight } from './sight.js';
import type { Sighting } from './sight.js';
import { inOrder } from './trail.js';
import type { FollowStats, OpenFile, Trail } from './trail.js';

export interface FollowerOptions {
  /** Globs; a relative one counts from the working folder. */
  readonly patterns: readonly string[];
  /** Where files that were there before any was followed are begun. */
  readonly from: 'start' | 'end';
  /** A file that was rotated away is closed when nothing has been appended for so long. */
  readonly graceMs: number;
  readonly lineLimit: number;
  /** Stands in for the sensor where a line names no host, one character a byte; made of the path. */
  readonly senderOf: (path: string) => string;
}

/** Idle files are closed beyond so many; what is appended to them later is seen by a scan. */
const MAX_OPEN = 400;

/**
 * Follows files through rotation, truncation, compression and restarts. `scan` finds out which file is which, `drain`
 * reads what is new; neither runs while the other does. Files are told apart by inode and by what they held when they
 * were last read, so a number used again, a copy and a packed copy are seen for what they are.
 */
export class Follower {
  readonly stats: FollowStats = { bytes: 0, rotated: 0, truncated: 0, unreadable: 0 };
  readonly #options: FollowerOptions;
  readonly #intake: Intake;
  readonly #now: () => number;
  readonly #catalogue: Catalogue;
  readonly #opener: Opener;
  readonly #trails = new Map<string, Trail>();
  readonly #open = new Map<string, OpenFile>();
  /** Records whose file was looked for under any name. */
  readonly #searched = new Set<number>();
  #first = true;
  paused = false;

  constructor(options: FollowerOptions, intake: Intake, now: () => number) {
    this.#options = options;
    this.#intake = intake;
    this.#now = now;
    this.#catalogue = new Catalogue(intake);
    this.#opener = new Opener(options, intake, this.#catalogue, this.stats, now);
  }

  get openFiles(): number {
    return this.#open.size;
  }

  /** Folders in which something that matters may happen. */
  get folders(): Set<string> {
    return new Set([...this.#trails.keys()].map((each) => path.dirname(each)));
  }

  /** Something happened to a file of this path. @returns whether it is one that is open */
  touch(file: string): boolean {
    let known = false;
    for (const each of (this.#trails.get(file) ?? this.#trails.get(familyOf(file)))?.files ?? [])
      known = each.fresh = true;
    return known;
  }

  /** A scan is needed as soon as what is new has been read. */
  get isWaiting(): boolean {
    for (const { waiting } of this.#trails.values()) if (waiting) return true;
    return false;
  }

  /** Looks at all files that are followed, and finds out which is which. */
  async scan(): Promise<void> {
    const sight = new Sight((file, error) => this.#opener.complain(file, error));
    const standing = new Map<string, Sighting>();
    for (const file of await pathsOf(this.#options.patterns)) {
      const sighting = await sight.at(file);
      if (sighting !== undefined) standing.set(sighting.path, sighting);
    }
    const families = this.#familiesOf(standing);
    for (const trail of this.#trails.keys()) if (!families.has(trail)) families.set(trail, []);
    // Rotated away while nobody looked, and nothing has been written since.
    for (const trail of this.#first ? this.#catalogue.trails() : [])
      if (!families.has(trail) && isNamed(trail, this.#options.patterns)) families.set(trail, []);
    const sighted = new Map<string, readonly Sighting[]>();
    const inodes = new Set<string>();
    for (const [name, matched] of families) {
      const all = await this.#membersOf(name, matched, standing, sight);
      sighted.set(name, all);
      for (const { inode } of all) inodes.add(inode);
    }
    for (const [name, members] of sighted) await this.#settle(name, members, standing, inodes);
    this.#first = false;
    this.#catalogue.tidy(this.#now(), new Set([...this.#open.values()].map(({ reading }) => reading.record)));
  }

  /** The followed paths, each with those that match besides and bear a name that rotation gave them. */
  #familiesOf(standing: ReadonlyMap<string, Sighting>): Map<string, Sighting[]> {
    const families = new Map<string, Sighting[]>();
    for (const sighting of standing.values()) {
      const family = familyOf(sighting.path);
      const rotated = family !== sighting.path && (standing.has(family) || this.#isFollowed(family));
      const name = rotated ? family : sighting.path;
      const members = families.get(name);
      if (members === undefined) families.set(name, [sighting]);
      else members.push(sighting);
    }
    return families;
  }

  #isFollowed(file: string): boolean {
    return this.#trails.has(file) || this.#catalogue.sinceOf(file) !== undefined;
  }

  /** All files of a followed path: the one of that name first, then the rotated ones, oldest first. */
  async #membersOf(
    name: string,
    matched: readonly Sighting[],
    standing: ReadonlyMap<string, Sighting>,
    sight: Sight
  ): Promise<readonly Sighting[]> {
    const all = new Map(matched.map((each) => [each.inode, each]));
    if (this.#isFollowed(name)) {
      for (const each of await sight.rotated(name)) if (!standing.has(each.path)) all.set(each.inode, each);
      for (const record of this.#catalogue.ofTrail(name)) {
        const { inode, id } = record;
        if (inode === '' || all.has(inode) || this.#open.has(inode) || this.#searched.has(id)) continue;
        this.#searched.add(id);
        for (const each of await sight.beside(name)) if (each.inode === inode) all.set(inode, each);
      }
    }
    const current = [...all.values()].filter((each) => each.path === name);
    const rotated = [...all.values()].filter((each) => each.path !== name).sort((a, b) => a.modified - b.modified);
    return [...current, ...rotated];
  }

  async #settle(
    name: string,
    members: readonly Sighting[],
    standing: ReadonlyMap<string, Sighting>,
    inodes: ReadonlySet<string>
  ): Promise<void> {
    const trail = this.#trails.get(name) ?? { path: name, files: [], cut: false, waiting: false };
    const scene = {
      fromEnd: this.#first && this.#options.from === 'end' && !this.#isFollowed(name),
      inodes,
      isOpen: (inode: string) => this.#open.has(inode),
    };
    this.#trails.set(name, trail);
    for (const file of trail.files) this.#look(file, name, members);
    trail.waiting = trail.files.some(({ lost }) => lost === 'new');
    for (const sighting of members) {
      const known = this.#open.get(sighting.inode);
      if (known !== undefined) continue;
      const current = sighting.path === name;
      if (trail.waiting && !current) continue;
      if (this.#open.size >= MAX_OPEN) await this.#makeRoom();
      const crowded = this.#open.size >= MAX_OPEN;
      const asked = { trail: name, sighting, current, own: standing.has(sighting.path), crowded };
      const file = await this.#opener.open(asked, scene);
      if (file === undefined) continue;
      trail.files.push(file);
      this.#open.set(sighting.inode, file);
    }
    trail.files = inOrder(trail.files);
    trail.cut = false;
    if (members.length === 0 && trail.files.length === 0) this.#trails.delete(name);
  }

  /** What has become of a file that is open. */
  #look(file: OpenFile, name: string, members: readonly Sighting[]): void {
    const { record } = file.reading;
    const seen = members.find((each) => each.inode === record.inode);
    const current = seen?.path === name;
    if (file.current && !current) {
      this.stats.rotated++;
      file.grew = this.#now();
    }
    file.current = current;
    // What is rotated away may grow without a trace of its name: it is looked into at every scan.
    if (!current || seen.size !== file.sighting.size || seen.modified !== file.sighting.modified) file.fresh = true;
    if (seen === undefined) {
      if (file.lost === 'no') file.lost = 'new';
      return;
    }
    file.lost = 'no';
    file.sighting = seen;
    record.path = seen.path;
    this.#catalogue.see(record, this.#now());
  }

  /** Hands on everything new, until nothing is left or the intake is full. @returns ms to rest before more may be read */
  async drain(): Promise<number> {
    for (;;) {
      let moved = false;
      let rest = 0;
      for (const trail of this.#trails.values()) {
        if (this.paused) return 0;
        const ms = this.#intake.rest(this.#options.senderOf(trail.path));
        if (ms > 0) rest = rest === 0 ? ms : Math.min(rest, ms);
        else if (await this.#advance(trail)) moved = true;
      }
      if (!moved) return rest;
    }
  }

  /** Reads a piece of the oldest file that has something new. @returns whether there may be more */
  async #advance(trail: Trail): Promise<boolean> {
    if (trail.cut) return false;
    for (const file of trail.files) {
      if (!file.fresh) continue;
      const outcome = await this.#step(trail, file, false);
      if (outcome === 'more' || outcome === 'gone') return true;
      if (outcome === 'cut') {
        if (await this.#opener.restart(file, trail.path)) return true;
        trail.cut = trail.waiting = true;
        return false;
      }
      file.fresh = false;
      if (file.lost === 'new') file.lost = 'read';
      const quiet = this.#now() - file.grew >= this.#options.graceMs;
      const ended = !(file.reading instanceof PlainReading);
      if (ended || (!file.current && quiet)) {
        await this.#step(trail, file, true);
        await this.#close(trail, file);
        return true;
      }
    }
    return false;
  }

  readonly #save = (record: FileRecord): void => this.#catalogue.save(record);

  async #step(trail: Trail, file: OpenFile, last: boolean): Promise<'more' | 'end' | 'cut' | 'gone'> {
    const { record } = file.reading;
    const before = record.offset;
    try {
      const outcome = await file.reading.step({ sink: file.sink, save: this.#save }, last);
      if (record.offset > before) {
        this.stats.bytes += record.offset - before;
        file.grew = this.#now();
      }
      this.#opener.forgive(file.sighting.path);
      return outcome;
    } catch (error) {
      this.#opener.complain(file.sighting.path, error);
      this.#opener.giveUp(file.sighting);
      await this.#close(trail, file);
      return 'gone';
    }
  }

  async #close(trail: Trail, file: OpenFile): Promise<void> {
    trail.files = trail.files.filter((each) => each !== file);
    this.#open.delete(file.sighting.inode);
    this.#catalogue.save(file.reading.record);
    await file.reading.close().catch(() => undefined);
  }

  async #makeRoom(): Promise<void> {
    let idle: [Trail, OpenFile] | undefined;
    for (const trail of this.#trails.values()) {
      for (const file of trail.files) {
        if (!file.fresh && file.current && (idle === undefined || file.grew < idle[1].grew)) idle = [trail, file];
      }
    }
    if (idle !== undefined) await this.#close(...idle);
  }

  async close(): Promise<void> {
    for (const trail of this.#trails.values()) for (const file of trail.files) await this.#close(trail, file);
  }
}
