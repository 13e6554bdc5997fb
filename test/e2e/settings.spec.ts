import { expect, it } from 'vitest';
import { picture, useBrowser } from './browser';

const browser = useBrowser();

it('Save & test of the provisioned data source says what it reached', async () => {
  const { page } = await browser.open('/connections/datasources/edit/fireplot');
  await page
    .getByRole('button', { name: /^(save & )?test$/i })
    .first()
    .click({ timeout: 30_000 });
  const message = page.getByText(/store reached.*130,643|events/i).first();
  await message.waitFor({ timeout: 30_000 });
  await picture(page, 'settings');
  expect(await message.innerText()).toMatch(/ClickHouse \d+\.\d+/);
});
