import path from 'node:path';
import { UserError } from '../../config/error.js';
import type { Input, Intake, OpenInput } from '../intake.js';
import { Follower } from './follower.js';
import { folderOf } from './glob.js';
import { FolderWatch } from './watch.js';

/** Plain data. */
export interface FollowOptions {
  /** Globs, absolute or from the working folder. */
  readonly patterns: readonly string[];
  /** Where files are begun that are there at the first start. */
  readonly from: 'start' | 'end';
  /** A file that was rotated away is closed when nothing has been appended for so long, ms. */
  readonly graceMs: number;
  /** All files are looked at so often at least, ms: not every filesystem tells of changes. */
  readonly pollMs: number;
  readonly lineLimit: number;
}

/** Writes that come one after the other are read together. */
const GATHER_MS = 20;
/** Folders with much coming and going cost no more than a look so often. */
const SCAN_EVERY_MS = 250;

/**
 * Files that others write, followed. Needs no sender's leave: who may name files may read them.
 * @throws UserError when no file is named
 */
export const openFollow: OpenInput<FollowOptions> = async (options, intake) => {
  if (options.patterns.length === 0) throw new UserError('No files to follow: give --follow a path or a glob.');
  const input = new FollowInput(options, intake);
  await input.start();
  return input;
};

/** As a sensor where a line names none: the file's name without its ending, one character a byte. */
const senderOf = (file: string): string =>
  Buffer.from(path.basename(file).replace(/\.(?:log|txt)$/i, '')).toString('latin1');

class FollowInput implements Input {
  readonly name = 'file';
  readonly place: string;
  readonly #options: FollowOptions;
  readonly #intake: Intake;
  readonly #follower: Follower;
  readonly #watch: FolderWatch;
  readonly #bases: readonly string[];
  #poll: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #awake = true;
  #scanDue = true;
  #scanned = 0;
  #closing = false;
  #unwatched = false;

  constructor(options: FollowOptions, intake: Intake) {
    this.place = options.patterns.join(', ');
    this.#options = options;
    this.#intake = intake;
    this.#bases = options.patterns.map(folderOf);
    this.#follower = new Follower({ ...options, senderOf }, intake, Date.now);
    this.#watch = new FolderWatch({
      happened: (file, moved) => {
        const known = this.#follower.touch(file);
        if (moved) this.#scanDue = true;
        if (moved || known) this.#rouse();
      },
      failed: (folder, error) => {
        if (!this.#unwatched)
          intake.say('warn', `Changes in ${folder} are not told (${error.message}): it is looked at now and then.`);
        this.#unwatched = true;
      },
    });
  }

  /** Looks at the files once, so that what is wrong is said at the start, and goes on by itself. */
  async start(): Promise<void> {
    await this.#scan();
    if (this.#follower.openFiles === 0)
      this.#intake.say('warn', `No file matches ${this.place} yet: those that come are followed.`);
    this.#poll = setInterval(() => {
      this.#scanDue = true;
      this.#rouse();
    }, this.#options.pollMs);
    this.#running = this.#run();
  }

  pause(): void {
    this.#follower.paused = true;
  }

  resume(): void {
    this.#follower.paused = false;
    this.#rouse();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#follower.paused = true;
    clearInterval(this.#poll);
    this.#watch.close();
    this.#rouse();
    await this.#running;
    await this.#follower.close();
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#follower.stats, connections: this.#follower.openFiles };
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      try {
        if (this.#scanDue && Date.now() - this.#scanned >= SCAN_EVERY_MS) await this.#scan();
        const rest = await this.#follower.drain();
        // What was truncated or lost its name has to be found before more of it is read.
        const mayScan = this.#follower.isWaiting && rest === 0 && !this.#follower.paused;
        if (mayScan) this.#scanDue = true;
        await this.#sleep(rest > 0 ? rest : this.#scanDue ? SCAN_EVERY_MS : undefined);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#intake.say('warn', `Following ${this.place} went wrong (${reason}): it is tried again.`);
        await this.#sleep(this.#options.pollMs);
      }
    }
  }

  async #scan(): Promise<void> {
    this.#scanDue = false;
    this.#scanned = Date.now();
    await this.#follower.scan();
    this.#watch.update(new Set([...this.#bases, ...this.#follower.folders]));
  }

  /** Until something happens, and then a little longer. */
  async #sleep(ms: number | undefined): Promise<void> {
    if (!this.#awake) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (ms !== undefined) timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#awake = false;
    if (!this.#closing) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
  }

  #rouse(): void {
    this.#awake = true;
    this.#wake?.();
  }
}
