import { describe, expect, it } from 'vitest';
import type { Evaluated, Group } from '../../../flow/evaluation/evaluated.ts';
import { evaluationPage } from '../../../page/report/evaluation-page.ts';
import { describeBrowser } from '../browser.ts';
import { standsAlone } from './stands-alone.ts';

const group = (problems: number, passAt1: number): Group => ({
  ...{ problems, attempts: 2 * problems, passAt1, interval: [passAt1 - 0.05, passAt1 + 0.05], truncated: 3 },
});
const found: Evaluated = {
  ...{ ...group(1000, 0.423), right: 431, unverifiable: 2, unanswered: 1, quantiles: null },
  byDataSet: { 'a data set <b>': group(600, 0.4), other: group(400, 0.45) },
  bySubject: { algebra: group(700, 0.5), geometry: group(300, 0.2) },
  bySourceLevel: {},
  levels: { easy: 423, level_5: 200, level_4: 150, level_3: 100, level_2: 77, level_1: 50 },
};
const against = {
  ...{ run: 'before', common: 990, before: 0.4, now: 0.423, gained: 60, lost: 37, p: 0.0254 },
  interval: [0.003, 0.043] as const,
};

describe('an evaluation as a page', () => {
  it('says what `evaluate --json` says, and tells every picture in words', async () => {
    const page = await evaluationPage('after', found, against);
    for (const said of [
      'pass@1 42.3 % (95 % interval 37.3 % to 47.3 %) over 1,000 problems, 2,000 answers; 431 right by majority',
      'Against before: 40.0 % → 42.3 % on 990 common problems, 60 gained, 37 lost, p = 0.025',
      'pass@1: +2.3 % (+0.3 % to +4.3 %)',
      'easy: 423 of 1,000',
      'a data set &lt;b&gt;: 40.0 % (35.0 % to 45.0 %)',
      'subject geometry',
    ])
      expect(page).toContain(said);
    expect(page.match(/<svg role="img"/g)).toHaveLength(3);
  });

  it('has only the pictures of which there is something to see', async () => {
    const none = { ...found, problems: 0, byDataSet: {}, bySubject: {} };
    expect(await evaluationPage('after', none)).not.toContain('<figure>');
  });
});

describeBrowser('an evaluation in a browser', (browser) => {
  it('opens from a file without network, fits every width, and has no serious fault of accessibility', async () => {
    await standsAlone(browser(), await evaluationPage('after', found, against), 3);
  });
});
