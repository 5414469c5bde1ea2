import { describe, expect, it } from 'vitest';
import type { Report } from '../../../flow/outputs/report.ts';
import { qualityThresholds } from '../../../flow/quality/findings.ts';
import { reportPage } from '../../../page/report/report-page.ts';
import { describeBrowser } from '../browser.ts';
import { standsAlone } from './stands-alone.ts';

const model = {
  ...{ requests: 1319, promptTokens: 10, completionTokens: 20, cachedTokens: 4, reasoningTokens: 15 },
  ...{ cost: 0.5, journalHits: 7, recorded: 0 },
};
const nothing = { count: 0, of: 0 };
const report = (changes: Partial<Report> = {}): Report => ({
  run: 'gsm8k-small',
  problems: 1319,
  graded: { right: 286, wrong: 1033, unverifiable: 0 },
  levels: { easy: 286, level_5: 400, level_4: 300, level_3: 200, level_2: 100, level_1: 33 },
  target: {
    records: 500,
    share: { easy: 0.25, level_5: 0.25, level_4: 0.2, level_3: 0.15, level_2: 0.1, level_1: 0.05 },
  },
  admitted: {},
  emitted: { easy: 125, level_5: 125, level_4: 100, level_3: 75, level_2: 50, level_1: 21 },
  rejected: { unverified: 3 },
  parked: { easy: 161, level_5: 275 },
  shortfall: { level_1: 4 },
  stopped: 'drained',
  states: { emitted: 496, rejected: 3, unverifiable: 0, parked: 820, dead: 0, unread: 0 },
  deadLetters: {},
  contaminated: 2,
  models: { student: model },
  quality: {
    labels: nothing,
    contaminated: nothing,
    languages: {},
    unfilled: [],
    lengths: { upTo: [], histogram: [] },
    truncated: { student: nothing, teacher: nothing },
    empty: { student: nothing, teacher: nothing },
    traces: 0,
    withoutReasoning: nothing,
    scores: {
      count: 1033,
      histogram: Array.from({ length: 20 }, (_, bin) => bin * 5),
      range: [0.05, 0.97],
      levels: { level_3: 200 },
      quintiles: null,
    },
    tokens: { easy: { p50: 812, p90: 1904, max: 4000 } },
    verified: { easy: { problems: 130, bySample: [120, 125] }, level_1: { problems: 25, bySample: [9, 15, 21] } },
    suspects: [],
    findings: [],
    thresholds: qualityThresholds,
  },
  seconds: 12.3,
  ...changes,
});

const moments = Array.from({ length: 60 }, (_, index) => ({
  seconds: 5 * index,
  rates: { grade: index < 40 ? 100 - index : 0, generate: index / 30 },
  paused: index > 20 && index < 27 ? ['teacher r1'] : [],
}));

describe('the report as a page', () => {
  it('says what report.json says', async () => {
    const page = await reportPage(report());
    for (const said of [
      'gsm8k-small',
      '496 of 500 records from 1,319 problems',
      'stopped: drained',
      '3 unverified',
      '4',
    ])
      expect(page).toContain(said);
    for (const count of [286, 400, 300, 200, 100, 33, 125, 75, 50, 21, 161, 275]) expect(page).toContain(`>${count}<`);
    expect(page).toContain('Nothing about the data is off.');
  });

  it('tells dead letters apart from problems that died: a bad row is neither', async () => {
    const page = await reportPage(report({ deadLetters: { 'missing-field': 2 } }));
    expect(page).toContain('>dead</th><td>0</td><td></td>');
    expect(page).toMatch(/Dead letters, [^<]+: 2 missing-field/);
  });

  it('draws the thresholds of the levels into the scores, and says where they are', async () => {
    const page = await reportPage(report(), { thresholds: [0.25, 0.4, 0.6, 0.8] });
    expect(page).toContain('levels part at 0.25, 0.4, 0.6, 0.8');
    expect(page.match(/stroke-dasharray="4,3"/g)).toHaveLength(4);
    expect(await reportPage(report())).not.toContain('stroke-dasharray="4,3"');
  });

  it('draws how the run went, with the pauses of endpoints, and says it', async () => {
    const page = await reportPage(report(), { moments });
    expect(page).toContain('grade: up to 100.0 a second; generate: up to 2.0 a second');
    expect(page).toContain('teacher r1 let nothing through from 100 s to 130 s');
    expect(await reportPage(report(), { moments: moments.slice(0, 2) })).not.toContain('let nothing through');
  });

  it('is one file: no script, nothing from the network', async () => {
    const page = await reportPage(report());
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\ssrc=|\shref="?http/i);
    expect(page).toContain("default-src 'none'");
  });

  it('tells every picture in words', async () => {
    const page = await reportPage(report());
    const figures = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
    expect(figures).toHaveLength(5);
    for (const figure of figures) {
      expect(figure).toMatch(/<figcaption>[^<]+<\/figcaption>/);
      expect(figure).toMatch(/<svg role="img"/);
      expect(figure).toMatch(/<p class="says">[^<]+<\/p>/);
    }
  });

  it('names the first references that may be wrong, and how many more there are', async () => {
    const one = { id: 'i', dataset: 'd', file: 'f', row: 1, reference: '1', answer: '2', samples: 2, of: 2 };
    const suspects = Array.from({ length: 25 }, (_, row) => ({ ...one, row }));
    const page = await reportPage(report({ quality: { ...report().quality, suspects } }));
    expect(page.match(/row \d+</g)).toHaveLength(20);
    expect(page).toContain('and 5 more in report.json');
  });

  it('shows text of models and files as text', async () => {
    const hostile = '<script>alert(1)</script><svg onload=alert(1)>"\'&';
    const suspect = { id: hostile, dataset: hostile, file: hostile, row: 1, reference: hostile, answer: hostile };
    const quality = {
      ...report().quality,
      suspects: [{ ...suspect, samples: 3, of: 4 }],
      findings: [{ code: 'few-levels' as const, message: hostile }],
    };
    const page = await reportPage(report({ run: hostile, quality, deadLetters: { [hostile]: 1 } }));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<svg onload');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('leaves out the pictures of which there is nothing to see', async () => {
    const { quality } = report();
    const empty = { ...quality, tokens: {}, verified: {}, scores: { ...quality.scores, range: null } };
    const page = await reportPage(report({ quality: empty, levels: {}, models: {} }));
    expect(page).not.toContain('<figure>');
  });
});

describeBrowser('the report in a browser', (browser) => {
  it('opens from a file without network, fits every width, and has no serious fault of accessibility', async () => {
    await standsAlone(browser(), await reportPage(report(), { thresholds: [0.2, 0.4, 0.6, 0.8], moments }), 6);
  });
});
