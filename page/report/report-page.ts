import type { Report } from '../../flow/outputs/report.ts';
import { levels } from '../../schemas/hardness.ts';
import { type Beside, picturesOf } from './charts.ts';
import { document, table } from './document.ts';
import { html, type Markup } from './html.ts';
import { many, percent, whole } from './words.ts';

/** The report as a page of its own: one file, no script, nothing from the network. */
export const reportPage = (report: Report, beside: Beside = {}): Promise<string> =>
  document(`${report.run}: report`, [
    heading(report),
    findings(report),
    levelsTable(report),
    partsTable(report),
    picturesOf(report, beside),
    statesTable(report),
    modelsTable(report),
    suspects(report),
  ]);

const heading = ({ run, states, target, stopped, seconds, problems, simulated }: Report): Markup => html`<header>
<h1>${run}</h1>
<p class="lead">${target.records === null ? '' : `${whole(states.emitted)} of `}${many(target.records ?? states.emitted, 'record')} from ${many(problems, 'problem')}; stopped: ${stopped}; ${whole(seconds)} s</p>
${simulated ? html`<p class="note">Made by rehearsal models: every record is marked “simulated”.</p>` : ''}
</header>`;

const findings = ({ quality }: Report): Markup =>
  quality.findings.length === 0
    ? html`<p class="good">Nothing about the data is off.</p>`
    : html`<section class="off"><h2>What is off</h2><ul>${quality.findings.map(({ message }) => html`<li>${message}</li>`)}</ul></section>`;

const levelsTable = ({ levels: found, target, emitted, shortfall, parked }: Report): Markup => html`<section>
<h2>Levels</h2>
${table(
  ['level', 'found', 'target', 'emitted', 'parked', 'short'],
  levels.map((level) => [
    level,
    whole(found[level] ?? 0),
    target.share.all === undefined ? percent(target.share[level] ?? 0) : 'as it comes',
    whole(emitted[level] ?? 0),
    whole(parked[level] ?? 0),
    shortfall[level] ? whole(shortfall[level]) : '',
  ]),
)}
</section>`;

const partsTable = ({ parts }: Report): Markup | string => {
  if (!parts) return '';
  const of = (emitted: number, quota: number | null) => whole(emitted) + (quota === null ? '' : ` of ${whole(quota)}`);
  return html`<section>
<h2>Parts of the mixture</h2>
${table(
  ['part', 'target', 'emitted', ...levels],
  Object.entries(parts).map(([part, one]) => [
    part,
    percent(one.share),
    of(one.emitted, one.quota),
    ...Object.values(one.levels).map(({ emitted, quota }) => of(emitted, quota)),
  ]),
)}
</section>`;
};

const statesTable = ({ states, rejected, deadLetters, contaminated }: Report): Markup => {
  const reasons = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([reason, number]) => `${whole(number)} ${reason}`)
      .join(', ');
  return html`<section>
<h2>What became of every problem</h2>
${table(
  ['state', 'problems', ''],
  Object.entries(states).map(([state, number]) => [
    state,
    whole(number),
    state === 'rejected' ? reasons(rejected) : '',
  ]),
)}
${Object.keys(deadLetters).length > 0 ? html`<p>Dead letters, those of rows that are no problem among them: ${reasons(deadLetters)}.</p>` : ''}
${contaminated > 0 ? html`<p>${many(contaminated, 'problem')} ${contaminated === 1 ? 'was left out, since it gives' : 'were left out, since they give'} an evaluation away.</p>` : ''}
</section>`;
};

const modelsTable = ({ models }: Report): Markup => html`<section>
<h2>Models</h2>
${table(
  [
    'model',
    'requests',
    'from the journal',
    'recorded',
    'prompt tokens',
    'cached',
    'completion tokens',
    'reasoning',
    'cost',
  ],
  Object.entries(models).map(([role, one]) => [
    role,
    whole(one.requests),
    whole(one.journalHits),
    whole(one.recorded),
    whole(one.promptTokens),
    whole(one.cachedTokens),
    whole(one.completionTokens),
    whole(one.reasoningTokens),
    one.cost.toFixed(4),
  ]),
)}
</section>`;

const suspects = ({ quality }: Report): Markup | string =>
  quality.suspects.length === 0
    ? ''
    : html`<section>
<h2>References that may be wrong</h2>
<p>The teacher’s samples agree with each other, and not with the reference.</p>
${table(
  ['problem', 'where', 'reference', 'answer of the samples', 'samples'],
  quality.suspects
    .slice(0, MOST_SUSPECTS)
    .map((one) => [
      one.id.slice(0, 12),
      `${one.dataset}, ${one.file}, row ${one.row}`,
      short(one.reference),
      short(one.answer),
      `${one.samples} of ${one.of}`,
    ]),
)}
${quality.suspects.length > MOST_SUSPECTS ? html`<p>and ${whole(quality.suspects.length - MOST_SUSPECTS)} more in report.json</p>` : ''}
</section>`;

/** A page is looked at, not searched. */
const MOST_SUSPECTS = 20;

const LONGEST = 120;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
