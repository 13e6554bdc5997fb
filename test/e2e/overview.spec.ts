import dgram from 'node:dgram';
import { describe, expect, inject, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { readPlot } from './plot';
import { overviewUrl } from './sample';

const browser = useBrowser();

function sendSyslog(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.send(line, inject('syslogPort'), '127.0.0.1', (error) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

describe('the Overview dashboard', () => {
  it('shows fireplot, classes, top ports, top sources and rows of the sample day', async () => {
    const { page, errors } = await browser.open(overviewUrl, { width: 1500, height: 1500 });
    await readPlot(page);
    for (const title of ['Fireplot', 'Events by class', 'Top ports', 'Top sources', 'Latest rows']) {
      await page.getByText(title, { exact: true }).first().waitFor();
    }
    await page.getByText('198.51.100.', { exact: false }).first().waitFor();
    await page.getByText('DROP-INPUT', { exact: false }).first().waitFor();
    await picture(page, 'overview');
    expect(errors).toEqual([]);
  });

  it.skipIf(inject('syslogPort') === 0)('a line sent by syslog arrives, and its markup stays text', async () => {
    const markup = '<img src=x onerror="document.title=1">';
    await sendSyslog(
      `<4>fw kernel: ${markup} IN=wan0 OUT= MAC= SRC=192.0.2.99 DST=203.0.113.7 LEN=44 TOS=00 PREC=0x00 TTL=60 ID=1 PROTO=TCP SPT=40000 DPT=8443 SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0 `
    );
    const { page } = await browser.open('/d/fireplot-overview/overview?from=now-15m&to=now&timezone=utc', {
      width: 1500,
      height: 1500,
    });
    await expect
      .poll(
        async () => {
          if ((await page.getByText('192.0.2.99', { exact: false }).count()) > 0) return true;
          await page.reload();
          await page.waitForTimeout(3000);
          return false;
        },
        { timeout: 30_000, interval: 500 }
      )
      .toBe(true);
    await page.getByText(markup, { exact: false }).first().waitFor();
    expect(await page.title()).not.toBe('1');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });
});
