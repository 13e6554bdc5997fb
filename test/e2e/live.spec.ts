/** The live panel, with a serve, a workbench and a door between them of its own: the store goes away and comes back. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';
import { picture, useBrowser } from './browser';
import { paintedShare, place, readPlot } from './plot';

const POLL = { timeout: 30_000, interval: 100 };
const stops: Array<() => unknown> = [];
let url: string;
let door: Door;
let syslog: { host: string; port: number };

/** Passes connections on to the store until it is shut. */
class Door {
  private readonly open = new Set<net.Socket>();
  private readonly server: net.Server;
  private shut = false;

  constructor(target: URL) {
    this.server = net.createServer((from) => {
      if (this.shut) return void from.destroy();
      const to = net.connect(Number(target.port), target.hostname);
      for (const socket of [from, to]) {
        this.open.add(socket);
        socket.on('error', () => undefined).on('close', () => (from.destroy(), to.destroy(), this.open.delete(socket)));
      }
      from.pipe(to).pipe(from);
    });
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  set away(shut: boolean) {
    this.shut = shut;
    if (shut) this.open.forEach((socket) => socket.destroy());
  }

  close(): void {
    this.away = true;
    this.server.close();
  }
}

const own = !inject('grafana');
const browser = useBrowser();

beforeAll(async () => {
  if (!own) return;
  const store = mkdtempSync(path.join(os.tmpdir(), 'fireplot-live-'));
  stops.push(() => rmSync(store, { recursive: true, force: true }));
  const ingest = await startIngest({
    store,
    serveOptions: ['--syslog', '127.0.0.1:0', '--http', '0', '--health', '127.0.0.1:0'],
  });
  stops.unshift(() => ingest.stop());
  const [host = '', port = ''] = String(ingest.ready.syslog).split(':');
  syslog = { host, port: Number(port) };
  door = new Door(new URL(ingest.ready.http));
  const workbench = await startWorkbench({ port: 0, clickhouseUrl: await door.listen() });
  stops.unshift(
    () => workbench.stop(),
    () => door.close()
  );
  url = workbench.ready.url;
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

let sent = 0;
/** Sends a probe of a port as a firewall does. @returns its time, to the millisecond */
async function probe(port: number): Promise<number> {
  const now = Date.now();
  const line = `kernel: DROP IN=wan0 OUT= SRC=198.51.100.9 DST=203.0.113.1 LEN=44 TTL=64 ID=${++sent} PROTO=TCP SPT=40000 DPT=${port} SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0`;
  const socket = dgram.createSocket('udp4');
  const text = `<4>1 ${new Date(now).toISOString()} gw-live kernel - - - ${line}`;
  await new Promise((resolve) => socket.send(text, syslog.port, syslog.host, resolve));
  socket.close();
  return now;
}

async function isPainted(page: Page, time: number, port: number): Promise<boolean> {
  return (await paintedShare(page, [place(await readPlot(page), time, port)], 4)) === 1;
}

/** Events in the picture, as the panel says them. */
async function events(page: Page): Promise<number> {
  const label = await page.getByTestId('fireplot-canvas').first().getAttribute('aria-label');
  return Number(/: ([\d,]+) events/.exec(label ?? '')?.[1]?.replaceAll(',', ''));
}

describe.skipIf(!own)('Fireplot, live', () => {
  it('shows a probe without a reload, holds when paused, catches up, and survives a store that goes away', async () => {
    await probe(23);
    const { page } = await browser.open('/');
    await page.goto(`${url}/d/fireplot-live/live?from=now-5m&to=now`);
    await page.getByTestId('fireplot-live').waitFor({ state: 'attached', timeout: 45_000 });
    await expect.poll(() => events(page), POLL).toBe(1);

    const first = await probe(4747);
    await expect.poll(() => isPainted(page, first, 4747), POLL).toBe(true);
    expect(await isPainted(page, first, 8080)).toBe(false);
    for (let port = 1000; port < 1300; port += 7) await probe(port);
    await expect.poll(() => events(page), POLL).toBe(sent);
    await picture(page, 'live');

    const pause = page.getByTestId('fireplot-pause');
    await pause.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => pause.getAttribute('aria-pressed'), POLL).toBe('true');
    const held = await page.getByTestId('fireplot-panel').getAttribute('data-time');
    const second = await probe(5858);
    await expect.poll(() => page.getByTestId('fireplot-waiting').innerText(), POLL).toBe('1 waiting');
    expect(await isPainted(page, second, 5858)).toBe(false);
    expect(await page.getByTestId('fireplot-panel').getAttribute('data-time')).toBe(held);
    await picture(page, 'live-paused');
    await page.keyboard.press('Enter');
    await expect.poll(() => isPainted(page, second, 5858), POLL).toBe(true);
    expect(await pause.getAttribute('aria-pressed')).toBe('false');

    door.away = true;
    await expect.poll(() => page.getByTestId('fireplot-trouble').count(), POLL).toBe(1);
    expect(await page.getByTestId('fireplot-trouble').innerText()).toContain('does not answer');
    await picture(page, 'live-away');
    const third = await probe(6969);
    door.away = false;
    await expect.poll(() => isPainted(page, third, 6969), POLL).toBe(true);
    await expect.poll(() => page.getByTestId('fireplot-trouble').count(), POLL).toBe(0);
    await expect.poll(() => events(page), POLL).toBe(sent);

    // A new picture while probes come: none is missing, and none there twice.
    for (let port = 2000; port < 2030; port++) {
      await probe(port);
      if (port % 10 === 0) await page.getByTestId('data-testid RefreshPicker run button').click();
    }
    await expect.poll(() => events(page), POLL).toBe(sent);
    await page.waitForTimeout(2_000);
    expect(await events(page)).toBe(sent);
  });

  it('a range that has ended is drawn as ever, and nothing is streamed', async () => {
    const { page } = await browser.open('/');
    const now = Date.now();
    await page.goto(`${url}/d/fireplot-live/live?from=${now - 600_000}&to=${now + 60_000}`);
    await readPlot(page);
    expect(await events(page)).toBe(sent);
    expect(await page.getByTestId('fireplot-pause').count()).toBe(0);
  });
});
