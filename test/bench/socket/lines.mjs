// The lines that every receiver of the socket bench is sent: a day of netfilter lines, as often as it takes. They
// are stamped with the second in which they were read, as lines that come live are.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const LF = 10;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** 'Nov 20 07:05:09' at the head of a line, and as long as that. */
const STAMP_CHARS = 15;

/** @returns {{ name: string, bytes: Buffer, lines: number }} whole lines, each with its end */
export function dayOfLines(root) {
  const day = path.join(root, '..', 'shared', 'data', 'day', 'netfilter.log.gz');
  const sample = path.join(root, 'test', 'data', 'sample', 'netfilter.log.gz');
  const file = existsSync(day) ? day : sample;
  const bytes = gunzipSync(readFileSync(file));
  const now = new Date();
  const date = `${MONTHS[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2)}`;
  const stamp = Buffer.from(`${date} ${now.toISOString().slice(11, 19)}`);
  let lines = 0;
  for (let start = 0; start < bytes.length; start = bytes.indexOf(LF, start + STAMP_CHARS) + 1) {
    stamp.copy(bytes, start);
    lines++;
  }
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
