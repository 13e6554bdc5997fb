/** One Chromium a test file, one page a test. A page complains about every error it saw on its console. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { FLAGS, findBrowser } from '../../scripts/lib/browser.mjs';

let browser: Browser;

export interface OpenPage {
  page: Page;
  /** What the page complained about so far, without what a test expects. */
  errors: string[];
}

export function useBrowser(): { open: (url: string, size?: { width: number; height: number }) => Promise<OpenPage> } {
  const open: Page[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS, headless: true });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async open(url, size = { width: 1500, height: 900 }) {
      await Promise.all(open.splice(0).map((page) => page.close()));
      const page = await browser.newPage({ viewport: size, timezoneId: 'UTC', locale: 'en-GB' });
      open.push(page);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(`${inject('baseUrl')}${url}`, { waitUntil: 'domcontentloaded' });
      return { page, errors };
    },
  };
}

/** Writes a picture to test-results/ for a person to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../test-results');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
