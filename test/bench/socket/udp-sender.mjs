// A process of its own that sends lines by UDP, one a datagram, at a steady pace: udp-sender.mjs PORT RATE SECONDS.
import dgram from 'node:dgram';
import { fileURLToPath } from 'node:url';
import { dayOfLines, firstLines } from './lines.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const [port, rate, seconds] = process.argv.slice(2).map(Number);
/** Lines to choose from; a turn every so many ms. */
const LINES = 50_000;
const TURN_MS = 2;

const { bytes } = dayOfLines(ROOT);
const some = firstLines(bytes, LINES);
const lines = [];
for (let at = 0; at < some.length; ) {
  const end = some.indexOf(10, at);
  lines.push(some.subarray(at, end));
  at = end + 1;
}

const socket = dgram.createSocket('udp4');
socket.connect(port, '127.0.0.1');
await new Promise((resolve) => socket.once('connect', resolve));
socket.setSendBufferSize(4 * 1024 * 1024);
const started = performance.now();
let sent = 0;
let failed = 0;
await new Promise((resolve) => {
  const timer = setInterval(() => {
    const elapsed = (performance.now() - started) / 1000;
    const due = Math.min(rate * seconds, Math.floor(elapsed * rate));
    // After a hiccup of this process it does not catch up in one burst: a real wire would not either.
    const until = Math.min(due, sent + Math.ceil((rate * TURN_MS * 4) / 1000));
    for (; sent < until; sent++) socket.send(lines[sent % LINES], (error) => void (failed += error ? 1 : 0));
    if (sent >= rate * seconds) {
      clearInterval(timer);
      setTimeout(resolve, 200);
    }
  }, TURN_MS);
});
process.stdout.write(
  `${JSON.stringify({ sent: sent - failed, failed, seconds: (performance.now() - started - 200) / 1000 })}\n`
);
socket.close();
