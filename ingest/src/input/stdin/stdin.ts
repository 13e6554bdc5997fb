import type { Readable } from 'node:stream';
import { Framer } from '../framer.js';
import type { Input, OpenInput } from '../intake.js';

/** Plain data. */
export interface StdinOptions {
  readonly lineLimit: number;
}

/**
 * Lines from this thread's stdin, as a pipe brings them: `journalctl -o json -f | fireplot serve --stdin`. A pipe has no
 * place to go on from: what its writer had written and nobody had read when the process died is lost.
 */
export const openStdin: OpenInput<StdinOptions> = (options, intake) =>
  Promise.resolve(readStream(process.stdin, options, intake));

/** Reads a stream to its end, which ends nothing but the stream. */
export function readStream(
  stream: Readable,
  { lineLimit }: StdinOptions,
  intake: Parameters<OpenInput<StdinOptions>>[1]
): Input {
  const sink = intake.open({ input: 'stdin', sender: 'stdin', stamps: 'believed' });
  const framer = new Framer(lineLimit, sink, { octetCounting: false });
  let bytes = 0;
  let open = true;
  let held = false;
  let resting: NodeJS.Timeout | undefined;
  const end = (sentence?: string): void => {
    if (!open) return;
    open = false;
    clearTimeout(resting);
    framer.end();
    if (sentence !== undefined) intake.say('info', sentence);
  };
  const rest = (ms: number): void => {
    stream.pause();
    resting = setTimeout(() => {
      resting = undefined;
      if (!held) stream.resume();
    }, ms);
  };
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    framer.push(chunk);
    const ms = intake.rest('stdin');
    if (ms > 0 && resting === undefined) rest(ms);
  });
  stream.on('end', () => end('Stdin has ended: no more lines come from it. The other inputs go on.'));
  stream.on('error', (error) => end(`Stdin cannot be read any more (${error.message}). The other inputs go on.`));
  return {
    name: 'stdin',
    place: 'stdin',
    pause: () => {
      held = true;
      stream.pause();
    },
    resume: () => {
      held = false;
      if (open && resting === undefined) stream.resume();
    },
    close: () => {
      end();
      stream.destroy();
      return Promise.resolve();
    },
    counts: () => ({ bytes, connections: open ? 1 : 0 }),
  };
}
