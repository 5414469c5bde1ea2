// Problems that are looked for, and one problem's whole way.
import { many } from '/numbers.js';
import { Code, Folded, Formulas } from '/text.js';
import { html, useState } from '/view.js';

const LEVELS = ['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1'];
const STATES = [
  'emitted',
  'rejected',
  'parked',
  'teaching',
  'unverifiable',
  'dead',
  'sampling',
  'levelling',
  'scoring',
  'unread',
];

/** Each step of a wrong trajectory beside its score, from 0 (wrong) to 1. */
const Steps = ({ attempt: { sample, score, steps }, trajectory }) =>
  html`<h4>Steps of attempt ${sample}: ${score.toFixed(4)}</h4>
  <ol class="steps">${steps.map(
    (step) =>
      html`<li><meter min="0" low="0.4" high="0.8" max="1" optimum="1" value=${step.score} aria-label=${`score ${step.score.toFixed(2)}`}></meter> <span class="number">${step.score.toFixed(2)}</span> <${Formulas} text=${trajectory.slice(step.start, step.end)} /></li>`,
  )}</ol>`;

/** What the answer was chosen among. */
const Claims = ({ claims }) =>
  claims?.length > 0 &&
  html`<ul class="claims" aria-label="claims">${claims.map(
    ({ text, how, stance, reading, lost }) =>
      html`<li>claims <code>${text}</code> (${how}, ${stance})${reading === null || reading === text ? '' : html`, read as <code>${reading}</code>`}: ${lost ?? html`<b>the answer</b>`}</li>`,
  )}</ul>`;

const Student = ({ one: { grade, attempts }, code }) => html`<h4>Student ${grade.student}: ${grade.verdict}</h4>
  ${attempts.map(
    (
      one,
    ) => html`<p>Attempt ${one.sample}: <b>${one.verdict}</b>, ${one.reason}${one.extracted === null && code ? '' : html`; read <code>${one.extracted ?? 'nothing'}</code>`}${one.found ? ` (${one.found})` : ''}; ended: ${one.finish}, ${many(one.completionTokens, 'token')}</p>
      <${Claims} claims=${one.claims} /><${Folded} title="Reasoning" text=${one.reasoning} /><${Folded} title="Answer" text=${one.answer} code=${code} />`,
  )}`;

const Teacher = ({
  one,
  code,
}) => html`<h4>Teacher ${one.teacher}: ${one.reason ? `rejected, ${one.reason}` : 'verified'}</h4>
  ${one.attempts.map(
    (
      each,
    ) => html`<p>Sample ${each.sample}: <b>${each.outcome}</b>, ${each.reason}; ${many(each.completionTokens, 'token')}</p>
      <${Claims} claims=${each.claims} /><${Folded} title="Reasoning" text=${each.reasoning} /><${Folded} title="Answer" text=${each.answer} code=${code} />`,
  )}
  <${Folded} title="Reasoning that was kept" text=${one.reasoning} /><${Folded} title="Answer that was kept" text=${one.answer} code=${code} />`;

const Problem = ({ trail }) => {
  const problem = trail.problems[0];
  const code = problem?.domain === 'code';
  const attempts = trail.graded.flatMap((one) => one.attempts);
  return html`<article>
    <h3>${trail.id}</h3>
    <p><b>${trail.state}</b>: ${trail.why}</p>
    <${Formulas} text=${problem?.statement ?? ''} />
    ${problem?.answer ? html`<p>Reference: <code>${problem.answer}</code></p>` : null}
    ${problem?.tests ? html`<details><summary>Tests</summary><${Code} text=${JSON.stringify(problem.tests, null, 2)} /></details>` : null}
    ${[...trail.graded, ...trail.unverifiable].map((one) => html`<${Student} one=${one} code=${code} />`)}
    ${trail.scores.flatMap(({ scores }) =>
      scores.map((one) => {
        const attempt = attempts.find(({ sample }) => sample === one.sample);
        return (
          attempt &&
          html`<${Steps} attempt=${one} trajectory=${[attempt.reasoning, attempt.answer].filter(Boolean).join('\n\n')} />`
        );
      }),
    )}
    ${trail.levels.map(({ level }) => html`<p>Level: <b>${level}</b></p>`)}
    ${trail.admissions.map((admission) => html`<p>Admitted as number ${admission}</p>`)}
    ${[...trail.rejected, ...trail.cot].map((one) => html`<${Teacher} one=${one} code=${code} />`)}
    ${trail.outcomes.map(({ became, admission }) => html`<p>Admission ${admission} became ${became}</p>`)}
    ${trail.deadLetters.map((one) => html`<p class="warm">Dead letter ${one.name}: ${one.stage}, ${one.code}: ${one.message}</p>`)}
  </article>`;
};

const Choice = ({ name, label, among }) =>
  html`<label>${label} <select name=${name}><option value="">any</option>${among.map((one) => html`<option value=${one}>${one}</option>`)}</select></label>`;

const Hits = ({ hits, open }) =>
  html`<ul class="hits">${hits.map(
    (hit) =>
      html`<li><button type="button" onClick=${() => open(hit.id)}><code>${hit.id.slice(0, 10)}</code></button> <b>${hit.state}</b> ${hit.level ?? ''} <span class="quiet">${hit.from}</span> ${hit.statement.slice(0, 200)}</li>`,
  )}</ul>`;

const asked = async (path) => {
  const response = await fetch(path);
  return response.ok || response.status === 404 ? response.json() : { missing: await response.text() };
};

export const Find = ({ run, last }) => {
  const [hits, setHits] = useState(null);
  const [trail, setTrail] = useState(null);
  const [missing, setMissing] = useState(null);
  const open = async (id) => {
    const found = await asked(`/problem?run=${run}&id=${encodeURIComponent(id)}`);
    setMissing(found.missing ?? null);
    setTrail(found.missing ? null : found);
  };
  const search = async (wanted) => {
    const found = await asked(`/search?${new URLSearchParams({ run, ...wanted })}`);
    setTrail(null);
    setMissing(found.missing ?? (found.hits.length === 0 ? 'No such problem is in the store.' : null));
    setHits(found.hits ?? []);
    if (wanted.text && found.hits?.length === 1) await open(found.hits[0].id);
  };
  const submitted = (event) => {
    event.preventDefault();
    void search(Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value !== '')));
  };
  return html`<section><h2>Problems</h2>
    <form onSubmit=${submitted}>
      <label>Id, file:row or words <input name="text" autocomplete="off" spellcheck="false" /></label>
      <${Choice} name="level" label="Level" among=${LEVELS} /> <${Choice} name="state" label="State" among=${STATES} />
      <button>Find</button>
    </form>
    <div aria-live="polite">
      ${missing && html`<p>${missing}</p>`}
      ${trail && html`<${Problem} trail=${trail} />`}
      ${hits && html`<${Hits} hits=${hits} open=${open} />`}
    </div>
    <h3>The last records</h3>
    ${last.length > 0 ? html`<${Hits} hits=${last} open=${open} />` : html`<p class="quiet">None was emitted yet.</p>`}
  </section>`;
};
