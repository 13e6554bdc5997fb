import dgram from 'node:dgram';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeedServer } from '../../intel/fetch/server.case.js';
import { packet } from '../../read/lines.case.js';
import { tempFolder } from '../../store/fixture.case.js';
import { ask, Fireplot, serveArgs } from '../process.case.js';

const SECRET = 'geheim-4711-geheim';
let folder: { path: string; remove: () => void };
let server: FeedServer;
let serve: Fireplot | undefined;
beforeEach(async () => {
  folder = tempFolder('serve-intel');
  server = await new FeedServer().listen();
});
afterEach(async () => {
  serve?.kill('SIGKILL');
  await serve?.ended();
  await server.close();
  folder.remove();
});

async function sendUdp(endpoint: string, text: string): Promise<void> {
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.send(text, Number(endpoint.split(':').at(-1)), '127.0.0.1', resolve));
  socket.close();
}

/** A live line of a source. */
const line = (source: string): string =>
  packet(22)
    .replace('Nov 22 00:00:00', new Date().toISOString())
    .replace(/SRC=\S+/, `SRC=${source}`);

test('serve asks for the feeds of its config with their key, and marks listed sources as their lines come in', async () => {
  const store = path.join(folder.path, 'store');
  const config = path.join(folder.path, 'fireplot.yaml');
  writeFileSync(path.join(folder.path, 'key'), SECRET);
  writeFileSync(
    config,
    `intel: {feeds: [{source: '${server.url}/bad.txt', format: plain, score: 70, key_file: key}]}\n`
  );
  server.text('/bad.txt', '198.51.100.0/24\nbad.example\n');
  serve = new Fireplot([...serveArgs(store), '--config', config]);
  const { syslog, http, health } = await serve.ready();
  const metrics = async (): Promise<string> => (await fetch(`${health}/metrics`)).text();
  await expect.poll(metrics, { timeout: 60_000 }).toContain('fireplot_intel_matched{kind="networks"} 1');
  await sendUdp(syslog, `${line('198.51.100.7')}\n`);
  await sendUdp(syslog, `${line('192.0.2.7')}\n`);
  const rows = () => ask(http, 'SELECT intel, toString(src_ip) AS source FROM fireplot.events ORDER BY intel');
  await expect.poll(rows, { timeout: 60_000 }).toEqual([
    { intel: 0, source: '::ffff:192.0.2.7' },
    { intel: 70, source: '::ffff:198.51.100.7' },
  ]);
  await expect.poll(metrics, { timeout: 60_000 }).toContain('fireplot_intel_indicators{feed="bad"} 2');
  const told = await metrics();
  expect(told).toContain('fireplot_intel_loads_total{feed="bad",outcome="loaded"} 1');
  expect(told).toContain('fireplot_intel_refused{feed="bad"} 0');
  expect(told).toMatch(/fireplot_intel_age_seconds\{feed="bad"\} \d/);
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${SECRET}`]);
  serve.kill();
  expect(await serve.ended(), serve.stderr).toBe(0);
  expect(serve.stdout + serve.stderr + told).not.toContain(SECRET);
});
