import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

/** Where Debian, macOS and Google put it; SLUICE_CHROMIUM names another one. */
const places = [
  process.env.SLUICE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = places.find((place) => place !== undefined && existsSync(place));
if (executablePath === undefined)
  console.warn('notice: no Chromium is here (SLUICE_CHROMIUM names one); the tests in a browser are skipped');

/** Tests that look at a page in a real browser. */
export const describeBrowser = (name: string, tests: (browser: () => Browser) => void): void => {
  describe.skipIf(executablePath === undefined)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      // The sandbox of Chromium needs a user other than root; what is shown here is served from loopback by the test.
      browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
    });
    afterAll(() => browser?.close());
    tests(() => browser);
  });
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong that keeps somebody from reading or using the page, as `rule: element`. */
export const seriousFaults = async (page: Page): Promise<string[]> => {
  // Not as a script element, which the page's own policy refuses.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { violations }: { violations: Found[] } = await (
      globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
};

const layout = readFileSync(new URL('./broken.js', import.meta.url), 'utf8');

/** What sticks out of the page at its width, or lies over a neighbour: a line each. */
export const broken = (page: Page): Promise<string[]> => page.evaluate(layout);
