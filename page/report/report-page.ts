import type { Report } from '../../flow/outputs/report.ts';
import { levels } from '../../schemas/hardness.ts';
import { picturesOf } from './charts.ts';
import { html, type Markup, trusted } from './html.ts';
import { drawn } from './pictures.ts';
import { style } from './style.ts';

/** The report as a page of its own: one file, no script, nothing from the network. */
export const reportPage = async (report: Report): Promise<string> => {
  const figures = await Promise.all(
    picturesOf(report).map(async (picture) => ({ ...picture, svg: trusted(await drawn(picture)) })),
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${report.run}: report</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${heading(report)}
${findings(report)}
${levelsTable(report)}
${figures.map(({ title, says, svg }) => html`<figure><figcaption>${title}</figcaption>${svg}<p class="says">${says}</p></figure>`)}
${statesTable(report)}
${modelsTable(report)}
${suspects(report)}
</main>
</body>
</html>
`.markup;
};

const heading = ({ run, states, target, stopped, seconds, problems, simulated }: Report): Markup => html`<header>
<h1>${run}</h1>
<p class="lead">${whole(states.emitted)}${target.records === null ? '' : ` of ${whole(target.records)}`} records from ${whole(problems)} problems; stopped: ${stopped}; ${whole(seconds)} s</p>
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

const statesTable = ({ states, rejected, deadLetters, contaminated }: Report): Markup => {
  const reasons = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([reason, number]) => `${whole(number)} ${reason}`)
      .join(', ');
  const why: Readonly<Record<string, string>> = { rejected: reasons(rejected), dead: reasons(deadLetters) };
  return html`<section>
<h2>What became of every problem</h2>
${table(
  ['state', 'problems', ''],
  Object.entries(states).map(([state, number]) => [state, whole(number), why[state] ?? '']),
)}
${contaminated > 0 ? html`<p>${whole(contaminated)} problems were left out, since they give an evaluation away.</p>` : ''}
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
  quality.suspects.map((one) => [
    one.id.slice(0, 12),
    `${one.dataset}, ${one.file}, row ${one.row}`,
    short(one.reference),
    short(one.answer),
    `${one.samples} of ${one.of}`,
  ]),
)}
</section>`;

/** Wide tables scroll by themselves, also by keyboard, and never widen the page. */
const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Markup => html`<div class="wide" tabindex="0" role="group" aria-label="${head.join(', ')}"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first = '', ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;

const LONGEST = 120;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
const whole = (number: number): string => Math.round(number).toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
