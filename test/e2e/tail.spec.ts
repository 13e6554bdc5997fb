import dgram from 'node:dgram';
import { describe, expect, inject, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { DAY_FROM, DAY_TO } from './sample';

const browser = useBrowser();

/** A port that the sample day does not have, so that a row of it came by the tail. */
const PORT = 47_474;
const EVERY_MS = 500;

const datasource = { type: 'fireplot-firewall-datasource', uid: 'fireplot' };
const filters = [{ key: 'dst_port', operator: '=', value: String(PORT) }];
const pane = {
  datasource: 'fireplot',
  queries: [{ refId: 'A', datasource, queryType: 'events', filters }],
  range: { from: String(DAY_FROM), to: String(DAY_TO) },
};
const EXPLORE = `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`;

/** Sends a probe now and then until it is told to stop: a tail shows what comes after its start, and says not when that is. */
function probing(): { sent: () => number; stop: () => void } {
  const socket = dgram.createSocket('udp4');
  let sent = 0;
  const timer = setInterval(() => {
    const probe = `kernel: DROP IN=wan0 OUT= SRC=198.51.100.9 DST=203.0.113.1 LEN=44 TTL=64 ID=${++sent} PROTO=TCP SPT=40000 DPT=${PORT} SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0`;
    socket.send(`<4>1 ${new Date().toISOString()} gw-live kernel - - - ${probe}`, inject('syslogPort'), '127.0.0.1');
  }, EVERY_MS);
  return {
    sent: () => sent,
    stop: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}

describe.skipIf(inject('syslogPort') === 0)('Explore, live', () => {
  it('shows rows as they come, each once, and no more when it is stopped', async () => {
    const { page, errors } = await browser.open(EXPLORE);
    const live = page.getByRole('button', { name: /^Live$|live stream/i });
    await live.click({ timeout: 30_000 });
    const probes = probing();
    try {
      const rows = page.getByText(new RegExp(`DPT=${PORT}`));
      await rows.nth(2).waitFor({ timeout: 30_000 });
      await picture(page, 'explore-live');
      const ids = (await rows.allTextContents()).map((text) => / ID=(\d+) /.exec(text)?.[1]);
      expect(new Set(ids).size).toBe(ids.length);
      if (inject('grafana')) return; // Grafana's Live bar has buttons of its own behind this
      await live.click();
      const shown = (await rows.allTextContents()).length;
      const before = probes.sent();
      await expect.poll(() => probes.sent(), { timeout: 20_000 }).toBeGreaterThan(before + 4);
      expect((await rows.allTextContents()).length).toBe(shown);
      expect(errors).toEqual([]);
    } finally {
      probes.stop();
    }
  });
});
