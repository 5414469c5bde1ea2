import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../flow/outputs/compare.ts';
import { comparisonPage } from '../../../page/report/comparison-page.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level } from '../../../schemas/types.ts';
import { describeBrowser } from '../browser.ts';
import { standsAlone } from './stands-alone.ts';

const byLevel = <T>(of: (level: Level, index: number) => T) =>
  Object.fromEntries(levels.map((level, index) => [level, of(level, index)])) as Record<Level, T>;

const found: Comparison = {
  ...{ common: 1234, onlyFirst: 5, onlySecond: 7 },
  matrix: byLevel((_, row) => byLevel((_, column) => 1000 * row + column)),
  shares: { first: byLevel((_, index) => index / 15), second: byLevel((_, index) => (5 - index) / 15) },
  differences: byLevel((_, index) => ({
    share: 0.02 * (index - 2),
    interval: [0.02 * index - 0.06, 0.02 * index - 0.01],
  })),
  serveBoth: { first: 31, second: 42, sameProblem: 19 },
};

describe('two runs side by side', () => {
  it('say what `compare --json` says, and tell every picture in words', async () => {
    const page = await comparisonPage(found, 'small', 'large');
    for (const said of ['1,234 problems levelled by both', '31 of small, 42 of large', '−4.0 % (−6.0 % to −1.0 %)'])
      expect(page).toContain(said);
    for (const row of levels.keys()) expect(page).toContain(`<td>${(1000 * row + 3).toLocaleString('en')}</td>`);
    expect(page.match(/<svg role="img"/g)).toHaveLength(3);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\ssrc=|\shref="?http/i);
  });

  it('have no picture where no problem is common, and take names for text', async () => {
    const page = await comparisonPage({ ...found, common: 0 }, '<script>', '<svg onload=x>');
    expect(page).not.toContain('<figure>');
    expect(page).not.toMatch(/<script|<svg/);
  });
});

describeBrowser('two runs side by side in a browser', (browser) => {
  it('open from a file without network, fit every width, and have no serious fault of accessibility', async () => {
    await standsAlone(browser(), await comparisonPage(found, 'small', 'a-run-with-quite-a-long-name-2026-11-29'), 3);
  });
});
