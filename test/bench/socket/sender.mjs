// A process of its own that writes lines to a TCP socket as fast as they are taken: sender.mjs PORT TIMES LINES.
// It says {"sent":N} when the last byte has been taken.
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { dayOfLines, firstLines } from './lines.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const [port, times, limit] = process.argv.slice(2).map(Number);
const PIECE = 1024 * 1024;

const day = dayOfLines(ROOT);
const bytes = limit > 0 && limit < day.lines ? firstLines(day.bytes, limit) : day.bytes;
const lines = limit > 0 ? Math.min(limit, day.lines) : day.lines;
const socket = net.connect(port, '127.0.0.1');
await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
process.stdout.write(`${JSON.stringify({ started: Date.now() })}\n`);
for (let turn = 0; turn < times; turn++) {
  for (let at = 0; at < bytes.length; at += PIECE) {
    const more = socket.write(bytes.subarray(at, Math.min(bytes.length, at + PIECE)));
    if (!more) await new Promise((resolve) => socket.once('drain', resolve));
  }
}
await new Promise((resolve) => socket.end(resolve));
process.stdout.write(`${JSON.stringify({ sent: lines * times })}\n`);
