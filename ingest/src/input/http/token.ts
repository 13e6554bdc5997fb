import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../config/error.js';

/** A token file is looked at no more often. */
const CHECK_MS = 1_000;

/** The token that requests must carry, given as text or in a file that may change. */
export class Token {
  readonly #file: string;
  readonly #now: () => number;
  #digest: Buffer | undefined;
  #stamp = '';
  #checked = 0;

  /**
   * @param token '' for none, and then `file`, '' for none
   * @throws UserError when the file cannot be read or is empty
   */
  constructor(token: string, file: string, now: () => number = () => performance.now()) {
    this.#file = file;
    this.#now = now;
    if (token !== '') this.#digest = digest(token);
    if (file === '') return;
    this.#stamp = stampOf(file);
    this.#digest = digest(readToken(file));
    this.#checked = now();
  }

  get isAsked(): boolean {
    return this.#digest !== undefined;
  }

  /** Whether a request's `Authorization` carries it. In constant time, whatever was sent. */
  fits(authorization: string | undefined): boolean {
    this.#refresh();
    if (this.#digest === undefined) return true;
    const sent = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(sent), this.#digest) && sent !== '';
  }

  /** A file that is gone, or half written, leaves the token as it was. */
  #refresh(): void {
    if (this.#file === '' || this.#now() - this.#checked < CHECK_MS) return;
    this.#checked = this.#now();
    const stamp = stampOf(this.#file);
    if (stamp === this.#stamp) return;
    try {
      this.#digest = digest(readToken(this.#file));
      this.#stamp = stamp;
    } catch {
      // Tried again with the next request.
    }
  }
}

function readToken(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new UserError(`http_input.token_file: ${file} cannot be read: check the path and who may read it.`, {
      cause,
    });
  }
  if (!/^\S+$/.test(text)) {
    throw new UserError(`http_input.token_file: ${file} must hold the token alone, one word without spaces.`);
  }
  return text;
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
