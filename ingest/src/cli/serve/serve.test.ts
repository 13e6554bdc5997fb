import dgram from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packet, packets } from '../../read/lines.case.js';
import { tempFolder } from '../../store/fixture.case.js';
import { readServing } from '../../store/serving.js';
import { ask, Fireplot, serveArgs } from '../process.case.js';

let folder: { path: string; remove: () => void };
let store: string;
const running: Fireplot[] = [];
beforeEach(() => {
  folder = tempFolder('serve');
  store = path.join(folder.path, 'store');
});
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.kill('SIGKILL');
    await each.ended();
  }
  folder.remove();
});

function start(args: readonly string[], env: Record<string, string> = {}): Fireplot {
  const process = new Fireplot(args, env);
  running.push(process);
  return process;
}

/** A live line: its stamp is now, or it would be kept by its arrival alone. */
const live = (port: number): string => packet(port).replace('Nov 22 00:00:00', new Date().toISOString());

const portOf = (endpoint: string): number => Number(endpoint.split(':').at(-1));

async function sendUdp(endpoint: string, text: string): Promise<void> {
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.send(Buffer.from(text, 'latin1'), portOf(endpoint), '127.0.0.1', resolve));
  socket.close();
}

async function connect(endpoint: string): Promise<net.Socket> {
  const socket = net.connect(portOf(endpoint), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

const ports = async (http: string): Promise<number[]> =>
  (await ask<{ dst_port: number }>(http, 'SELECT dst_port FROM fireplot.events ORDER BY dst_port')).map(
    (row) => row.dst_port
  );

describe('fireplot serve', () => {
  test('stores what comes by UDP and TCP, shows it over HTTP, answers health, and ends cleanly', async () => {
    const serve = start(serveArgs(store));
    const ready = await serve.ready();
    expect(ready).toEqual({
      ready: true,
      syslog: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      inputs: ['udp', 'tcp'].map((name) => ({ name, place: expect.stringMatching(/^127\.0\.0\.1:\d+$/) })),
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      store,
      health: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    await sendUdp(ready.syslog, `${live(22)}\nnonsense`);
    const socket = await connect(ready.syslog);
    const counted = `<4>${live(23)}`;
    socket.write(`${counted.length} ${counted}`);
    await expect.poll(() => ports(ready.http), { timeout: 20_000 }).toEqual([22, 23]);
    const refused = (): Promise<unknown> => ask(ready.http, 'SELECT reason, line FROM fireplot.refused');
    await expect.poll(refused, { timeout: 20_000 }).toEqual([{ reason: 'unclaimed', line: 'nonsense' }]);
    expect(serve.stderr).toContain('We got the first line from 127.0.0.1, dialect netfilter.');
    expect(serve.stderr.match(/We got the first line/g)).toHaveLength(1);
    for (const page of ['healthz', 'readyz']) expect((await fetch(`${ready.health}/${page}`)).status, page).toBe(200);
    expect((await fetch(`${ready.health}/nothing`)).status).toBe(404);
    const metrics = async (): Promise<string> => (await fetch(`${ready.health}/metrics`)).text();
    await expect.poll(metrics, { timeout: 5_000 }).toContain('fireplot_lines_received_total{input="udp"} 2');
    expect(await metrics()).toContain('fireplot_events_stored_total 2');
    expect(await metrics()).toContain('fireplot_lines_refused_total{dialect="",reason="unclaimed"} 1');
    serve.kill();
    expect(await serve.ended(), serve.stderr).toBe(0);
  });

  test('stores everything it has read when it is told to end, the half line of an open connection too', async () => {
    const first = start(serveArgs(store));
    const ready = await first.ready();
    const socket = await connect(ready.syslog);
    const lines = Array.from({ length: 3_000 }, (_, i) => live(i + 1));
    socket.write(`${lines.join('\n')}\n${live(60_000)}`);
    const seen = async (): Promise<boolean> =>
      (await (await fetch(`${ready.health}/metrics`)).text()).includes('input="tcp"} 3000');
    await first.until(seen);
    first.kill();
    expect(await first.ended(), first.stderr).toBe(0);
    const second = start(serveArgs(store));
    const { http } = await second.ready();
    expect(await ask(http, 'SELECT toUInt32(count()) AS n, max(dst_port) AS last FROM fireplot.events')).toEqual([
      { n: 3_001, last: 60_000 },
    ]);
  });

  test('lets load work through it, and keeps a second serve out of its folder', async () => {
    const serve = start(serveArgs(store));
    const { http } = await serve.ready();
    const file = path.join(folder.path, 'some.log');
    writeFileSync(file, `${packets(1_000)}nonsense\n`);
    const args = ['load', '--store', store, '--timezone', 'UTC', '--year', '2026', '--', file];
    const load = start(args);
    expect([await load.ended(), load.stderr]).toEqual([0, '']);
    expect(load.stdout).toMatch(
      /^loaded 1000, refused 1 \(unclaimed: 1\), already there 0 \([\d.]+ s, \d+ lines\/s\)\n$/
    );
    const again = start(args);
    expect(await again.ended()).toBe(0);
    expect(again.stdout).toMatch(/^loaded 0, refused 0, already there 1000 /);
    expect(await ask(http, 'SELECT toUInt32(count()) AS n FROM fireplot.events')).toEqual([{ n: 1_000 }]);
    const second = start(serveArgs(store));
    expect(await second.ended()).toBe(2);
    expect(second.stderr).toMatch(/the spool \S+ is in use by process \d+: stop that one first/);
  });

  test('waits for a server that is away, keeps lines meanwhile, and stores them when it is back', async () => {
    const server = start(serveArgs(store));
    const { http } = await server.ready();
    const token = readServing(store)?.token ?? '';
    // A gate that keeps its port throughout: a port given back could be taken by another test meanwhile.
    let open = false;
    const gate = net.createServer((socket) => {
      socket.on('error', () => {});
      if (!open) return void socket.destroy();
      const through = net.connect(portOf(http), '127.0.0.1');
      through.on('error', () => socket.destroy());
      socket.pipe(through).pipe(socket);
    });
    gate.listen(0, '127.0.0.1');
    await once(gate, 'listening');
    const { port } = gate.address() as net.AddressInfo;

    const env = { CLICKHOUSE_URL: `http://fireplot-writer@127.0.0.1:${port}`, CLICKHOUSE_PASSWORD: token };
    const spool = path.join(folder.path, 'spool');
    const serve = start(['serve', '--syslog', '127.0.0.1:0', '--health', '127.0.0.1:0', '--spool', spool], env);
    await serve.until(() => serve.stderr.includes('Waiting for the store'));
    expect(serve.stderr).toContain('does not answer');
    const endpoint = /Listening for syslog on (\S+),/.exec(serve.stderr)?.[1] ?? '';
    await sendUdp(endpoint, live(22));
    const health = /Health and metrics are at (http:[^ "]+)\./.exec(serve.stderr)?.[1] ?? '';
    const unready = await fetch(`${health}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([503, { ready: false, waiting: ['store'] }]);
    expect((await fetch(`${health}/healthz`)).status).toBe(200);

    open = true;
    const ready = await serve.ready();
    expect(ready.http).toBe(`http://127.0.0.1:${port}`);
    await expect.poll(() => ports(http), { timeout: 20_000 }).toEqual([22]);
    expect(serve.stdout + serve.stderr).not.toContain(token);
    serve.kill();
    expect(await serve.ended(), serve.stderr).toBe(0);
    gate.close();
  });

  test('leaves lines in the spool when it must end while its server is away, and stores them at the next start', async () => {
    const server = start(serveArgs(store));
    const { http } = await server.ready();
    const spool = path.join(folder.path, 'spool');
    const args = ['serve', '--syslog', '127.0.0.1:0', '--health', 'off', '--spool', spool];
    const serve = start(args, { CLICKHOUSE_URL: 'http://127.0.0.1:1' });
    await serve.until(() => serve.stderr.includes('Waiting for the store'));
    const endpoint = /Listening for syslog on (\S+),/.exec(serve.stderr)?.[1] ?? '';
    await sendUdp(endpoint, live(22));
    await serve.until(() => serve.stderr.includes('We got the first line'));
    serve.kill('SIGINT');
    expect(await serve.ended(), serve.stderr).toBe(0);
    expect(serve.stderr).toContain(`1 events wait in the spool ${spool}`);
    const env = {
      CLICKHOUSE_URL: `http://fireplot-writer@${http.slice(7)}`,
      CLICKHOUSE_PASSWORD: readServing(store)?.token ?? '',
    };
    const again = start(args, env);
    await again.ready();
    expect(again.stderr).toContain('1 events of an earlier run are in the spool');
    await expect.poll(() => ports(http), { timeout: 20_000 }).toEqual([22]);
  });

  test.each([
    ['--syslog', 'syslog over TCP'],
    ['--health', 'health and metrics'],
  ])('ends with one sentence when the port of %s is taken', async (option, what) => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as net.AddressInfo;
    const serve = start([...serveArgs(store), option, String(port)]);
    expect(await serve.ended()).toBe(2);
    expect(serve.stderr).toContain(
      `fireplot: 127.0.0.1:${port} for ${what} is in use by another program: stop that, or give another port with ${option}.\n`
    );
    taken.close();
  });
});
