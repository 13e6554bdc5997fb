import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { RecordingIntake } from '../intake.case.js';
import { Follower } from './follower.js';
import type { FollowerOptions } from './follower.js';

export const GRACE_MS = 60_000;

/** A folder with a log that is written, rotated and packed, and a follower that is crashed and started again. */
export class World {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'fireplot-follow-'));
  readonly log = path.join(this.folder, 'x.log');
  intake = new RecordingIntake(undefined, { manual: true });
  follower: Follower;
  /** ms by which the follower's clock is ahead. */
  ahead = 0;
  readonly #options: FollowerOptions;
  #count = 0;

  /** @param names a glob in the folder */
  constructor(names = 'x.log', options: Partial<FollowerOptions> = {}) {
    this.#options = {
      ...{ patterns: [path.join(this.folder, names)], from: 'start', graceMs: GRACE_MS, lineLimit: 256 },
      senderOf: () => 'x',
      ...options,
    };
    this.follower = this.#start();
  }

  /** Text with so many new lines, each unlike any other. @param half ends without a line end */
  lines(count: number, half = false): string {
    let text = '';
    for (let i = 0; i < count; i++) text += `line ${++this.#count} ${'x'.repeat((this.#count * 7919) % 90)}\n`;
    return half ? `${text}half ${++this.#count}` : text;
  }

  at(generation: number, ending = ''): string {
    return generation === 0 ? this.log : `${this.log}.${generation}${ending}`;
  }

  append(text: string, file = this.log): void {
    appendFileSync(file, text);
  }

  /** Moves every generation one up. @param copy logrotate's copytruncate, else a rename */
  rotate(copy = false): void {
    if (!existsSync(this.log)) return;
    for (let generation = 40; generation >= 1; generation--) {
      for (const ending of ['', '.gz']) {
        const from = this.at(generation, ending);
        if (existsSync(from)) renameSync(from, this.at(generation + 1, ending));
      }
    }
    if (copy) {
      copyFileSync(this.log, this.at(1));
      truncateSync(this.log);
    } else {
      renameSync(this.log, this.at(1));
    }
  }

  compress(generation: number): void {
    const file = this.at(generation);
    if (generation === 0 || !existsSync(file)) return;
    const { atime, mtime } = statSync(file);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    utimesSync(`${file}.gz`, atime, mtime);
    unlinkSync(file);
  }

  async read(): Promise<void> {
    await this.follower.scan();
    await this.follower.drain();
  }

  /** Until nothing is left to do, with the clock put forward over the grace time. */
  async settle(): Promise<void> {
    for (let i = 0; i < 6; i++) {
      await this.read();
      this.ahead += GRACE_MS + 5_000;
    }
    await this.read();
    this.intake.commit();
  }

  /** The process ends; of what was not on the disk the first so many runs are. */
  async crash(runs = 0): Promise<void> {
    await this.follower.close();
    this.intake = new RecordingIntake(this.intake.diskAfter(runs), { manual: true });
    this.follower = this.#start();
  }

  async remove(): Promise<void> {
    await this.follower.close();
    rmSync(this.folder, { recursive: true });
  }

  #start(): Follower {
    return new Follower(this.#options, this.intake, () => Date.now() + this.ahead);
  }
}
