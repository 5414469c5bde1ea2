import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { loadConfig } from '../../../cli/config/load.ts';
import { type OpenPage, openPage } from '../../../page/live/page-server.ts';
import { openRunsPage } from '../../../page/live/runs-page.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { configText, sluice, workFolder } from '../../cli/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { broken, describeBrowser, seriousFaults } from '../browser.ts';

const until = async <T>(look: () => Promise<T>): Promise<NonNullable<T>> => {
  for (let last: unknown; ; ) {
    const found = await look().catch((error: unknown) => {
      last = error;
      return null;
    });
    if (found) return found as NonNullable<T>;
    if (last instanceof TypeError) throw last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describeBrowser('the page of a run, in a browser', (browser) => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const opened = async (url: string, width = 1000): Promise<Page> => {
    const page = await browser().newPage({ viewport: { width, height: 800 } });
    ends.push(() => page.close());
    page.setDefaultTimeout(120_000);
    await page.goto(url);
    await page.waitForSelector('h1');
    return page;
  };
  const serve = async (page: OpenPage): Promise<OpenPage> => {
    ends.push(() => page.close());
    return page;
  };

  it('shows a run from its start to its end as `status --json` has it, and reads a problem of it', {
    timeout: 240_000,
  }, async () => {
    const models = await startRehearsal({ latency: { milliseconds: 100 } });
    ends.push(() => models.close());
    const rows = [...rehearsalProblems({ seed: 1, count: 120 })].map((row) => `${JSON.stringify(row)}\n`).join('');
    const folder = workFolder({ 'sluice.yaml': configText(models.url), 'problems.jsonl': rows });
    ends.push(() => folder.destroy());
    const running = sluice(['run', '--yes'], { cwd: folder.path });
    const settings = loadConfig(join(folder.path, 'sluice.yaml'), [], {});
    const { url } = await serve(await until(() => openRunsPage([settings], { host: '127.0.0.1', port: 0 })));
    const page = await opened(url);
    await page.getByText('running', { exact: true }).waitFor();
    // Why a stage has less to do than it could stands beside it.
    await page.getByRole('list', { name: 'what generate waits for' }).getByText('rehearsal-teacher').first().waitFor();
    const lastRecords = page.locator('section', { hasText: 'The last records' }).locator('.hits li');
    await lastRecords.first().waitFor();
    expect((await running).code).toBe(0);
    await page.getByText('idle', { exact: true }).waitFor();
    const status = JSON.parse((await sluiceHere(['status', '--json'], { cwd: folder.path })).stdout);
    const text = await page.textContent('main');
    expect(text).toContain(`${status.target.emitted} of ${status.target.records} records emitted`);
    for (const [state, word] of Object.entries({ parked: 'parked', rejected: 'rejected', dead: 'dead' }))
      expect(text).toContain(`${status.states[state]} ${word}`);
    for (const [level, { problems, parked }] of Object.entries<{ problems: number; parked: number }>(status.levels))
      expect(text, level).toContain(`${problems} found, ${parked} parked`);
    expect(text).toContain(`${status.spent.tokens.toLocaleString('en')} tokens`);

    await page.fill('input[name=text]', 'problems.jsonl:7');
    await page.click('text=Find');
    const shown = await page.locator('article').textContent();
    const told = JSON.parse((await sluiceHere(['inspect', 'problems.jsonl:7', '--json'], { cwd: folder.path })).stdout);
    expect(shown).toContain(told.id);
    expect(shown).toContain(`Student rehearsal-student: ${told.graded[0].grade.verdict}`);
    const [attempt] = told.graded[0].attempts;
    const claims = page.locator('article').getByRole('list', { name: 'claims' }).first();
    expect(await claims.textContent()).toContain(`claims ${attempt.extracted} (${attempt.found}, stated)`);

    await page.fill('input[name=text]', '');
    await page.selectOption('select[name=level]', 'easy');
    await page.selectOption('select[name=state]', 'parked');
    await page.click('form button');
    const hits = page.locator('[aria-live] .hits li');
    await hits.first().waitFor();
    const args = ['inspect', '--level', 'easy', '--state', 'parked', '--last', '20', '--json'];
    const fitting = JSON.parse((await sluiceHere(args, { cwd: folder.path })).stdout) as { id: string }[];
    expect(await hits.locator('code').allTextContents()).toEqual(fitting.map(({ id }) => id.slice(0, 10)));

    const { quality } = JSON.parse(readFileSync(join(folder.path, 'out/report.json'), 'utf8'));
    const answers = page.getByRole('group', { name: 'Quality' });
    await answers.getByText(`${quality.truncated.teacher.of}`, { exact: true }).waitFor();

    const other = ['--set', 'run=other', '--set', 'student.revision=b', '--set', 'output.dir=other'];
    expect((await sluiceHere(['replay', '--yes', ...other], { cwd: folder.path })).code).toBe(0);
    const both = [settings, loadConfig(join(folder.path, 'sluice.yaml'), ['run=other'], {})];
    const beside = await opened((await serve(await openRunsPage(both, { host: '127.0.0.1', port: 0 }))).url);
    const compared = JSON.parse(
      (await sluiceHere(['compare', 'test', 'other', '--json'], { cwd: folder.path })).stdout,
    );
    await beside.getByText(`${compared.common} problems levelled by both`).waitFor();
    for (const [level, { share }] of Object.entries<{ share: number }>(compared.differences)) {
      const change = `${level}: ${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} % (`;
      expect(await beside.locator('svg.differences').getAttribute('aria-label'), level).toContain(change);
    }
    await beside.getByRole('button', { name: 'other' }).click();
    await beside.getByRole('heading', { name: 'other', exact: true }).waitFor();
    const second = JSON.parse((await sluiceHere(['status', '--json', ...other], { cwd: folder.path })).stdout);
    expect(await beside.textContent('#run')).toContain(`${second.target.emitted} of ${second.target.records} records`);
  });

  const bomb = `${'\\frac{'.repeat(400)}1${'}{2}'.repeat(400)}`;
  const hostile = [
    '<script>hacked()</script><img src=x onerror=hacked()><svg onload=hacked()><style>*{display:none}</style>',
    '\u202e\u2066 this runs backwards \u0000\u0007',
    '$\\href{javascript:hacked()}{x}$ $\\htmlData{x=y}{z}$ $\\def\\a{\\a\\a}\\a$',
    `$${bomb}$ \\(${'{'.repeat(3000)}\\) $\\rule{9999em}{9999em}$`,
  ].join('\n');
  const long = hostile + 'x'.repeat(5_000_000);
  const level = { problems: 3, share: 1, quota: 3, parked: 1, teaching: 1, emitted: 2, failed: 0, closed: false };
  const some = { count: 12_345, of: 123_456 };
  const states = { unread: 1, scoring: 0, levelling: 0, sampling: 0, teaching: 1, parked: 1, emitted: 2 };
  const hit = {
    ...{ id: 'a'.repeat(32), state: 'parked', level: 'level_3', from: hostile.slice(0, 400) },
    statement: hostile.slice(0, 5000),
  };
  const status = {
    last: [hit, hit],
    ...{ run: hostile.slice(0, 300), phase: 'running', problems: 3, seconds: 3, etaSeconds: 9, unreadIsExact: true },
    states: { ...states, rejected: 0, unverifiable: 0, dead: 1 },
    levels: Object.fromEntries(
      ['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1'].map((one) => [one, level]),
    ),
    target: { records: 1_000_000, emitted: 123_456, admit: 'streaming', natural: false, intake: true, halted: null },
    answers: { attempts: 12_345, truncated: 345, empty: 6 },
    scores: Array.from({ length: 20 }, (_, bin) => bin * 1000),
    deadLetters: { [hostile.slice(0, 200)]: 1 },
    stages: ['grade', 'generate'].map((stage) => ({ stage, inHand: 12, done: 1, dead: 1, perSecond: 3.25 })),
    endpoints: [{ role: 'teacher', model: hostile.slice(0, 300), inFlight: 1, limit: 2, waiting: 3, phase: 'closed' }],
    spent: { tokens: 1, cost: 2.5, requests: 3, ceilings: { tokens: null, cost: 100 }, models: {} },
    waiting: [{ stage: 'grade', who: hostile.slice(0, 100), why: hostile.slice(0, 500) }],
    batches: [{ role: 'teacher', id: hostile.slice(0, 100), step: 'underway', rows: 12_345 }],
    quality: {
      ...{ read: { records: 12_345, of: 1_234_567 }, findings: [{ code: 'short', message: hostile.slice(0, 500) }] },
      ...{
        truncated: { student: some, teacher: some },
        empty: { student: some, teacher: some },
        withoutReasoning: some,
      },
      ...{
        verified: { easy: { problems: 12_345, bySample: [1, 2, 3, 4] } },
        tokens: { easy: { p50: 12_345, p90: 67_890 } },
      },
      suspects: [
        { id: 'b'.repeat(32), file: hostile, row: 7, reference: hostile, answer: hostile.slice(30), samples: 3, of: 4 },
      ],
    },
  };
  const attempt = { sample: 0, reasoning: long, answer: hostile, finish: 'stop', verdict: 'wrong' };
  const claim = { text: hostile, how: 'last', stance: 'denied', reading: hostile, lost: hostile };
  const graded = {
    grade: { student: hostile.slice(0, 90), verdict: 'wrong' },
    attempts: [
      { ...attempt, reason: 'r', extracted: hostile.slice(0, 90), found: 'last', completionTokens: 9, claims: [claim] },
    ],
  };
  const steps = [{ start: 0, end: 40, score: 0.5 }];
  const problem = {
    ...{ id: 'a'.repeat(32), state: 'parked', why: hostile.slice(0, 200), unverifiable: [], admissions: [], cot: [] },
    problems: [{ statement: hostile, answer: hostile.slice(0, 100), domain: 'maths', tests: { kind: 'asserts' } }],
    ...{
      graded: [graded],
      scores: [{ scores: [{ sample: 0, score: 0.5, steps }], score: 0.5 }],
      levels: [{ level: 'level_3' }],
    },
    ...{ rejected: [], outcomes: [], deadLetters: [] },
  };
  const one = { problem: async () => problem, search: async () => [hit, hit] };
  const levelNames = Object.keys(status.levels);
  const byLevel = <Of>(of: (level: string) => Of) => Object.fromEntries(levelNames.map((name) => [name, of(name)]));
  const comparison = {
    ...{ first: 0, common: 120_345, onlyFirst: 4, onlySecond: 0, serveBoth: { first: 45_678, second: 2 } },
    matrix: byLevel(() => byLevel(() => 123_456)),
    differences: byLevel(() => ({ share: -0.123, interval: [-0.2, 0.999] })),
  };
  /** The page of so many runs, whose every text is hostile. */
  const hostilePage = async (runs = 1): Promise<string> => {
    const all = Array.from({ length: runs }, () => status);
    const comparisons = all.slice(1).map((_, second) => ({ ...comparison, second: second + 1 }));
    const source = { look: async () => ({ runs: all, comparisons }), runs: all.map(() => one) };
    return (await serve(await openPage(source, { host: '127.0.0.1', port: 0, token: null, everyMilliseconds: 200 })))
      .url;
  };

  it('takes what models and data sets wrote for text: nothing of it runs, and nothing breaks the page', async () => {
    const page = await opened(await hostilePage());
    let ran = 0;
    await page.exposeFunction('hacked', () => {
      ran++;
    });
    page.on('dialog', () => ran++);
    await page.locator('.hits button').first().click();
    await page.locator('article').waitFor();
    for (const summary of await page.locator('details > summary').all()) await summary.click();
    expect(await broken(page)).toEqual([]);
    expect(
      await page
        .locator('main script, main img, main svg:not(.scores, .bars, .differences, .legend svg), main style, main a')
        .count(),
    ).toBe(0);
    expect(await page.locator('math').count()).toBeGreaterThan(0);
    expect(await page.locator('article').textContent()).toContain('<script>hacked()</script>');
    expect(ran).toBe(0);
  });

  it('is used by keyboard alone', async () => {
    const page = await opened(await hostilePage());
    await page.locator('.hits button').first().waitFor();
    const focused = () => page.evaluate<string>("document.activeElement?.outerHTML.slice(0, 60) ?? ''");
    const tabTo = async (wanted: string): Promise<void> => {
      for (let presses = 0; !(await focused()).includes(wanted); presses++) {
        expect(presses, `Tab does not reach ${wanted}`).toBeLessThan(40);
        await page.keyboard.press('Tab');
      }
    };
    await tabTo('name="text"');
    await page.keyboard.type('words');
    await page.keyboard.press('Enter');
    await page.locator('.hits button').first().waitFor();
    await tabTo('<button type="button"');
    await page.keyboard.press('Enter');
    await page.locator('article').waitFor();
  });

  it.each([
    ['light', 1],
    ['dark', 6],
  ] as const)('has no serious fault of accessibility, %s, with %i of runs', async (colorScheme, runs) => {
    const page = await opened(await hostilePage(runs));
    await page.emulateMedia({ colorScheme });
    await page.locator('.hits button').first().click();
    await page.locator('article').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it.each([1, 6])('fits every width from a telephone to a wall, with %i of runs', async (runs) => {
    const page = await opened(await hostilePage(runs));
    await page.locator('.hits button').first().click();
    await page.locator('article').waitFor();
    for (const width of [360, 480, 768, 1024, 1440, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await broken(page), `at ${width} pixels`).toEqual([]);
    }
  });
});
