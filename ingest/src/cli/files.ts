import path from 'node:path';
import type { Resolved } from '../config/resolve.js';
import { STDIN } from '../input/source.js';
import type { ReadOptions } from '../read/options.js';

/** What stands in for the sensor where a line names no host: what the user says, else the file's name without its endings. */
export function sensorOf(file: string, given: string | undefined): string {
  const name = given ?? (file === STDIN ? 'stdin' : plainName(path.basename(file)));
  // Lines have one character a byte, and so must what stands beside them.
  return Buffer.from(name).toString('latin1');
}

/** A file's name without the endings of logs and of packed files. */
function plainName(name: string): string {
  const shorter = name.replace(/\.(?:gz|log|txt)$/i, '');
  return shorter === name ? name : plainName(shorter);
}

/** What reading lines needs of the settings: plain data, for the threads. */
export function readOptions({ dialect, timezone, year, lineLimit, own, actions, mappings }: Resolved): ReadOptions {
  return { dialect, timezone, year, lineLimit, own, actions, mappings };
}
