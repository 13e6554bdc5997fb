// A process of its own that paces lines to a TCP socket: sender.mjs PORT RATE SECONDS. Their ports are those of a day of
// real probes; once in two seconds a probe of port 1 is among them, and its time is said: {"marked": ms}.
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { dayOfLines } from '../socket/lines.mjs';

const [port, rate, seconds] = process.argv.slice(2).map(Number);
const SLICE_MS = 20;
const MARK_MS = 2_000;

const { bytes } = dayOfLines(fileURLToPath(new URL('../../..', import.meta.url)));
/** What follows a line's head. Port 1 is the mark's alone. */
const bodies = bytes
  .subarray(0, 20_000_000)
  .toString('latin1')
  .split('\n')
  .map((line) => line.slice(line.indexOf('kernel:')))
  .filter((line) => line.includes('DPT=') && !line.includes('DPT=1 '))
  .slice(0, 100_000);
const MARK =
  'kernel: DROP-INPUT  IN=wan0 OUT= SRC=198.51.100.9 DST=203.0.113.1 LEN=44 TTL=64 ID=1 PROTO=TCP SPT=40000 DPT=1 SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0';

const socket = net.connect(port, '127.0.0.1');
await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
socket.setNoDelay(true);
const started = performance.now();
let sent = 0;
let marked = started;
while (performance.now() - started < seconds * 1000) {
  const due = Math.floor(((performance.now() - started) / 1000) * rate);
  const lines = [];
  const head = `<4>1 ${new Date().toISOString()} gw-bench kernel - - - `;
  for (; sent < due; sent++) lines.push(`${head}${bodies[sent % bodies.length]}\n`);
  if (performance.now() - marked > MARK_MS) {
    marked = performance.now();
    const now = Date.now();
    lines.push(`<4>1 ${new Date(now).toISOString()} gw-bench kernel - - - ${MARK}\n`);
    process.stdout.write(`${JSON.stringify({ marked: now })}\n`);
  }
  if (lines.length > 0 && !socket.write(lines.join(''))) await new Promise((resolve) => socket.once('drain', resolve));
  await new Promise((resolve) => setTimeout(resolve, SLICE_MS));
}
await new Promise((resolve) => socket.end(resolve));
// The other end keeps its half open for a while.
process.stdout.write(`${JSON.stringify({ sent })}\n`, () => process.exit());
