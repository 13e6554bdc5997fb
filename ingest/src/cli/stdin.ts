import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';

/**
 * Takes stdin off file descriptor 0, which is empty from then on: the embedded engine, being a client too, reads what
 * waits there as further rows of whatever is inserted. To be called before an engine starts and before anything has
 * touched `process.stdin`.
 * @param wanted whether stdin will be read
 * @returns what was on stdin; undefined when it is not wanted
 */
export function takeStdin(wanted: boolean): Readable | undefined {
  // A descriptor cannot be duplicated from here, but a child can inherit it, whatever kind it is.
  const relay = wanted ? spawn('cat', [], { stdio: ['inherit', 'pipe', 'inherit'] }) : undefined;
  closeSync(0);
  openSync(devNull, 'r'); // the lowest free descriptor: 0
  // At once: what nobody reads when the child ends is thrown away.
  return relay?.stdout.pipe(new PassThrough());
}
