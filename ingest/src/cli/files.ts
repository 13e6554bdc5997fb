import path from 'node:path';
import type { Resolved } from '../config/resolve.js';
import { STDIN } from '../input/source.js';
import type { ReadOptions } from '../read/options.js';

/** What stands in for the sensor where a line names no host: what the user says, else the file's name without its endings. */
export function sensorOf(file: string, given: string | undefined): string {
  const name = given ?? (file === STDIN ? 'stdin' : path.basename(file).replace(/(?:\.(?:gz|log|txt))+$/i, ''));
  // Lines have one character a byte, and so must what stands beside them.
  return Buffer.from(name).toString('latin1');
}

/** What reading lines needs of the settings: plain data, for the threads. */
export function readOptions({ dialect, timezone, year, lineLimit, own, actions, mappings }: Resolved): ReadOptions {
  return { dialect, timezone, year, lineLimit, own, actions, mappings };
}
