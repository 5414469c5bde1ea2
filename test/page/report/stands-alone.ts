import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { workFolder } from '../../cli/sluice.ts';
import { broken, seriousFaults } from '../browser.ts';

/** Holds a page of its own to what it promises: no network, every width, light and dark, on paper. */
export const standsAlone = async (browser: Browser, html: string, pictures: number): Promise<void> => {
  const folder = workFolder({ 'page.html': html });
  const context = await browser.newContext({ offline: true });
  try {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder.path, 'page.html')).href);
    expect(asked).toHaveLength(1);
    expect(await page.locator('figure svg[aria-label]').count()).toBe(pictures);
    for (const width of [360, 768, 1440, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await broken(page), `at ${width} pixels`).toEqual([]);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page), colorScheme).toEqual([]);
    }
    // On paper the ink is dark, whatever the screen was.
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(28, 36, 48)');
  } finally {
    await context.close();
    folder.destroy();
  }
};
