import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ABSENT, newEvent, type Event } from '../event/event.js';
import { protoName } from './ip/proto.js';

/**
 * A dialect's own lines: `samples.log` with what must be read from each, `refused.log` with the reason for which each
 * must be refused. Above a line stand its provenance (`# from:`) and the expectation (`# want:`).
 */
export interface Sample {
  readonly line: string;
  readonly from: string;
  /** A reason in refused.log, the event as JSON in samples.log. */
  readonly want: string;
  /** Why the line, cut, may be read as another (`# cut:`); '' for nearly all, which may not. */
  readonly cut: string;
  /** File and line number, for the title of a failing test. */
  readonly where: string;
}

/** Reads a file of samples beside the test at `url`, one character a byte. Throws on a line without expectation. */
export function readSamples(url: string, file: string): readonly Sample[] {
  const path = fileURLToPath(new URL(file, url));
  if (!existsSync(path)) throw new Error(`Cannot read samples: there is no ${path}.`);
  const samples: Sample[] = [];
  let from = '';
  let want = '';
  let cut = '';
  readFileSync(path, 'latin1')
    .split('\n')
    .forEach((line, index) => {
      const where = `${file}:${index + 1}`;
      if (line.startsWith('# from: ')) from = line.slice(8);
      else if (line.startsWith('# want: ')) want = line.slice(8);
      else if (line.startsWith('# cut: ')) cut = line.slice(7);
      else if (line !== '' && !line.startsWith('# ')) {
        if (from === '' || want === '') throw new Error(`${where}: a sample needs "# from:" and "# want:" above it.`);
        samples.push({ line, from, want, cut, where });
        want = cut = '';
      }
    });
  return samples;
}

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];
const EMPTY = newEvent();

/** Every field of an event that is not absent: time as ISO text, protocol and flags as words, the rest as it is. */
export function described(event: Event): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(EMPTY) as (keyof Event)[]) {
    if (event[key] !== EMPTY[key]) fields[key] = event[key];
  }
  if (event.time !== 0) fields['time'] = new Date(event.time).toISOString();
  fields['proto'] = protoName(event.proto);
  if (event.tcpFlags !== ABSENT) {
    fields['tcpFlags'] = FLAGS.filter((_, bit) => (event.tcpFlags & (1 << bit)) !== 0).join(',');
  }
  return fields;
}
