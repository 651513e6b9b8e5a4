import { existsSync } from 'node:fs';
import { requirement } from '@crema/check';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startCrema, type TestCrema } from './support.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  (path) => existsSync(path),
);

requirement('browser', CHROMIUM !== undefined)('GraphiQL in a browser without a network', () => {
  let test: TestCrema;
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];

  beforeAll(async () => {
    test = await startCrema();
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat([
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ]),
    });
    page = await browser.newPage();
    await page.route('**/*', (route) => {
      const isOurs = route.request().url().startsWith(new URL(test.url).origin);
      if (!isOurs) outside.push(route.request().url());
      return isOurs ? route.continue() : route.abort();
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await test?.close();
  });

  it('loads from Crema alone and answers a query', async () => {
    const query = encodeURIComponent('{ cafes { nodes { name } } }');
    await page.goto(`${new URL(test.url).origin}/graphiql?query=${query}`);
    await page.getByRole('button', { name: /execute/i }).click();
    await page.getByText('Lower Manhattan').first().waitFor();
    expect(outside).toEqual([]);
  }, 60_000);
});
