// The lines that every receiver of the socket bench is sent: a day of netfilter lines, as often as it takes.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const LF = 10;

/** @returns {{ name: string, bytes: Buffer, lines: number }} whole lines, each with its end */
export function dayOfLines(root) {
  const day = path.join(root, '..', 'shared', 'data', 'day', 'netfilter.log.gz');
  const sample = path.join(root, 'test', 'data', 'sample', 'netfilter.log.gz');
  const file = existsSync(day) ? day : sample;
  const bytes = gunzipSync(readFileSync(file));
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return { name: file === day ? 'day' : 'sample', bytes, lines };
}

/** The first `count` lines of `bytes`. */
export function firstLines(bytes, count) {
  let at = -1;
  for (let i = 0; i < count; i++) {
    at = bytes.indexOf(LF, at + 1);
    if (at < 0) throw new Error(`only ${i} lines are there`);
  }
  return bytes.subarray(0, at + 1);
}
