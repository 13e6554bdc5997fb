import type { Readable, Writable } from 'node:stream';

/** What a command may touch of its process; tests give their own. */
export interface Io {
  /** stdin, for commands without a store. */
  readonly stdin: () => Readable;
  /** stdin, for commands with a store, taken before that is opened; see stdin.ts. */
  readonly takeStdin: (wanted: boolean) => Readable | undefined;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether stderr is a terminal: only there is progress drawn. */
  readonly isTerminal: boolean;
}

export const EXIT_OK = 0;
/** Something went wrong on the way. */
export const EXIT_FAILED = 1;
/** The user has to mend an option, a file, a port or a URL. */
export const EXIT_USAGE = 2;

/** One sentence, or several lines of words, for the person at the terminal. */
export function say(io: Io, words: string): void {
  io.stderr.write(`${printable(words)}\n`);
}

/**
 * Text as a terminal may show it: control and formatting characters, which a log line can hold, are written as
 * \u escapes; line ends of our own stay.
 */
export function printable(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Controls but LF; and what turns, hides or joins text: soft hyphen, bidi marks, line separators, BOM. */
const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
