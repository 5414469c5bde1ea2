// Where the run stands, as `sluice status --json` tells it.
import { many, time, whole } from '/numbers.js';
import { Table } from '/table.js';
import { html } from '/view.js';

export const Heading = ({ status, title }) => html`<header>
  <${title}>${status.run}</${title}>
  ${status.phase && html`<${Lead} status=${status} />`}
</header>`;

const Lead = ({ status: { phase, target, seconds, etaSeconds, spent, problems, forecast } }) => html`
  <p class="lead"><span class=${`phase ${phase}`}>${phase}</span> ${target.records === null ? '' : `${whole(target.emitted)} of `}${many(target.records ?? target.emitted, 'record')} emitted, from ${many(problems, 'problem')}</p>
  <p>${[
    seconds !== null && `${time(seconds)} so far`,
    etaSeconds !== null && `about ${time(etaSeconds)} to go`,
    many(spent.requests, 'request'),
    many(spent.tokens, 'token'),
    spent.cost > 0 &&
      `cost ${spent.cost.toFixed(4)}${spent.ceilings.cost === null ? '' : ` of ${spent.ceilings.cost}`}`,
  ]
    .filter(Boolean)
    .join(' · ')}</p>
  ${forecast && phase !== 'idle' && html`<p class="quiet">${forecast}</p>`}`;

export const Parts = ({ status: { parts } }) =>
  parts &&
  html`<section>
  <h2>Parts</h2>
  ${Object.entries(parts).map(([part, one]) => {
    const reached = one.quota ? one.emitted / one.quota : one.share;
    return html`<div class="level">
      <span>${part}</span>
      <progress max="1" value=${Math.min(1, reached)} aria-label=${`${part}: ${one.emitted} emitted`}></progress>
      <span class="number">${whole(one.emitted)}${one.quota === null ? '' : ` of ${whole(one.quota)}`}</span>
      <span class="quiet">${whole(one.parked)} parked${one.teaching > 0 ? `, ${whole(one.teaching)} at the teacher` : ''}</span>
    </div>`;
  })}
</section>`;

export const Levels = ({ status: { levels, target } }) => html`<section>
  <h2>Levels</h2>
  ${Object.entries(levels).map(([level, one]) => {
    const reached = one.quota ? one.emitted / one.quota : target.emitted ? one.emitted / target.emitted : 0;
    return html`<div class="level">
      <span>${level}</span>
      <progress max="1" value=${Math.min(1, reached)} aria-label=${`${level}: ${one.emitted} emitted`}></progress>
      <span class="number">${whole(one.emitted)}${one.quota === null ? '' : ` of ${whole(one.quota)}`}</span>
      <span class="quiet">${whole(one.problems)} found, ${whole(one.parked)} parked${one.teaching > 0 ? `, ${whole(one.teaching)} at the teacher` : ''}${one.closed ? ', closed: the teacher fails' : ''}</span>
    </div>`;
  })}
</section>`;

// What is cut off is not hard, and scores that lie close together make no levels.
export const Answers = ({ status: { answers, scores } }) =>
  answers.attempts > 0 &&
  html`<section><h2>Answers of the student</h2>
    <p>${many(answers.attempts, 'answer')}, ${whole(answers.truncated)} cut off, ${whole(answers.empty)} empty</p>
    ${scores.some((some) => some > 0) && html`<${Scores} scores=${scores} />`}
  </section>`;

const Scores = ({ scores }) => {
  const most = Math.max(...scores);
  const said = scores.flatMap((some, bin) =>
    some > 0
      ? [`${(bin / scores.length).toFixed(2)} to ${((bin + 1) / scores.length).toFixed(2)}: ${whole(some)}`]
      : [],
  );
  return html`<p>Scores of wrong answers, from 0 to 1; the highest bar is ${many(most, 'problem')}</p>
    <svg class="scores" viewBox="0 0 ${10 * scores.length} 70" role="img" aria-label=${`Problems by score: ${said.join('; ')}`}>
      ${scores.map((some, bin) => html`<rect x=${10 * bin + 0.5} y=${60 - (60 * some) / most} width="9" height=${(60 * some) / most} />`)}
      <line x1="0" x2=${10 * scores.length} y1="60" y2="60" />
      <text x="0" y="69">0</text><text class="middle" x=${5 * scores.length} y="69">0.5</text><text class="end" x=${10 * scores.length} y="69">1</text>
    </svg>`;
};

export const Letters = ({ status: { deadLetters } }) => {
  const rows = Object.entries(deadLetters).map(([code, number]) => [code, whole(number)]);
  return (
    rows.length > 0 &&
    html`<section><h2>Dead letters</h2><${Table} label="Dead letters" head=${['reason', 'letters']} rows=${rows} /></section>`
  );
};

export const Endpoints = ({ status: { endpoints } }) =>
  endpoints.length > 0 &&
  html`<section><h2>Endpoints</h2><${Table} label="Endpoints" head=${['role', 'model', 'in flight', 'limit', 'wait', 'oldest', 'tokens/s', 'faults', 'state']}
  rows=${endpoints.map((one) => [one.role, one.member == null ? one.model : `${one.model} ${one.member}`, whole(one.inFlight), whole(one.limit), whole(one.waiting), one.oldestSeconds == null ? '' : time(one.oldestSeconds), whole(one.tokensPerSecond ?? 0), whole(one.faults ?? 0), one.phase])} /></section>`;

export const Batches = ({ status: { batches } }) =>
  batches.length > 0 &&
  html`<section><h2>Batches</h2><${Table} label="Batches" head=${['role', 'batch', 'step', 'rows']}
  rows=${batches.map(({ role, id, step, rows }) => [role, id ?? 'without a number yet', step, whole(rows)])} /></section>`;

export const Models = ({ status: { spent } }) =>
  html`<section><h2>Models</h2><${Table} label="Models" head=${['role', 'requests', 'from the journal', 'tokens in', 'tokens out', 'cost']}
  rows=${Object.entries(spent.models).map(([role, one]) => [
    role,
    whole(one.requests),
    whole(one.journalHits),
    whole(one.promptTokens),
    whole(one.completionTokens),
    one.cost.toFixed(4),
  ])} /></section>`;
