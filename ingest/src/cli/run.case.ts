import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { run } from './program.js';

/** A command run inside the test's process: what it printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runCommand(
  argv: readonly string[],
  given: { stdin?: Readable | string | Buffer; env?: Record<string, string>; cwd?: string } = {}
): Promise<Ran> {
  const [stdout, stderr] = [collector(), collector()];
  const { stdin = '', env = {}, cwd = '/' } = given;
  const code = await run(argv, {
    stdin: () => (typeof stdin === 'string' || Buffer.isBuffer(stdin) ? through(stdin) : stdin),
    takeStdin: () => undefined,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
    isTerminal: false,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function through(content: string | Buffer): PassThrough {
  const stream = new PassThrough();
  stream.end(content);
  return stream;
}

function collector(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
