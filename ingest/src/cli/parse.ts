import { once } from 'node:events';
import type { Resolved } from '../config/resolve.js';
import { eventJson } from '../event/json.js';
import { unpackDocuments } from '../input/documents/stream.js';
import { Framer } from '../input/framer.js';
import { inspectFile, Source, STDIN } from '../input/source.js';
import { newInterpreter } from '../read/dialects.js';
import { newSender } from '../read/interpreter.js';
import type { Interpreter, Sender } from '../read/interpreter.js';
import { sensorOf } from './files.js';
import { EXIT_OK, printable } from './io.js';
import type { Io } from './io.js';

/** Text is handed to stdout in pieces of about this many characters. */
const PIECE = 64 * 1024;

/** `fireplot parse`: one JSON event a line on stdout, refusals with their line numbers on stderr. No store. */
export async function parseCommand(files: readonly string[], settings: Resolved, io: Io): Promise<number> {
  const paths = files.length === 0 ? [STDIN] : files;
  const modified: number[] = [];
  for (const path of paths) modified.push(path === STDIN ? Date.now() : (await inspectFile(path)).modified);
  for (const [i, path] of paths.entries()) {
    const source = new Source(path, path === STDIN ? io.stdin() : undefined);
    try {
      const parser = new FileParser(path, modified[i] ?? Date.now(), paths.length > 1, settings, io);
      for await (const chunk of unpackDocuments(source.chunks())) if (!(await parser.push(chunk))) return EXIT_OK;
      if (!(await parser.end())) return EXIT_OK;
    } finally {
      source.close();
    }
  }
  return EXIT_OK;
}

class FileParser {
  readonly #io: Io;
  readonly #modified: number;
  readonly #prefix: string;
  readonly #interpreter: Interpreter;
  readonly #sender: Sender;
  readonly #framer: Framer;
  #line = 0;
  #events = '';
  #refusals = '';

  constructor(path: string, modified: number, several: boolean, settings: Resolved, io: Io) {
    this.#io = io;
    this.#modified = modified;
    this.#prefix = several ? `${path}:` : 'line ';
    this.#interpreter = newInterpreter(settings, { live: false });
    this.#sender = newSender(settings.sensor === undefined ? '' : sensorOf(path, settings.sensor));
    this.#framer = new Framer(
      settings.lineLimit,
      {
        line: (bytes, start, end) => this.#read(bytes, start, end),
        tooLong: (bytes, start, end) => {
          this.#line++;
          this.#sender.follows = false;
          this.#refuse('too-long', bytes, start, end);
        },
      },
      { octetCounting: false }
    );
  }

  /** @returns false when nobody reads on */
  push(chunk: Buffer): Promise<boolean> {
    this.#framer.push(chunk);
    return this.#flush();
  }

  end(): Promise<boolean> {
    this.#framer.end();
    return this.#flush();
  }

  #read(bytes: Buffer, start: number, end: number): void {
    this.#line++;
    if (start === end) return this.#interpreter.blank(this.#sender);
    const verdict = this.#interpreter.read(bytes.toString('latin1', start, end), this.#modified, this.#sender);
    if (verdict === 'header') return;
    if (verdict !== 'ok') return this.#refuse(verdict, bytes, start, end);
    this.#events += `${eventJson(this.#interpreter.event, this.#interpreter.dialect, bytes.toString('utf8', start, end))}\n`;
    if (this.#events.length > PIECE) this.#hand();
  }

  #refuse(reason: string, bytes: Buffer, start: number, end: number): void {
    this.#refusals += `${printable(`${this.#prefix}${this.#line}: ${reason}: ${bytes.toString('utf8', start, end)}`)}\n`;
    if (this.#refusals.length > PIECE) this.#hand();
  }

  #hand(): void {
    if (this.#events !== '') this.#io.stdout.write(this.#events);
    if (this.#refusals !== '') this.#io.stderr.write(this.#refusals);
    this.#events = '';
    this.#refusals = '';
  }

  async #flush(): Promise<boolean> {
    this.#hand();
    const { stdout } = this.#io;
    if (stdout.writableNeedDrain) {
      // The loser of the race would keep its listener, one a wait.
      const heard = new AbortController();
      const { signal } = heard;
      await Promise.race([once(stdout, 'drain', { signal }), once(stdout, 'close', { signal })]).catch(() => undefined);
      heard.abort();
    }
    return !stdout.destroyed && stdout.writable;
  }
}
