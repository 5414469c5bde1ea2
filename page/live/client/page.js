// The page of a run: what the server tells of it, drawn anew with each event. All text is text, whoever wrote it.
import { html, render, useEffect, useState } from '/view.js';

const whole = (number) => Math.round(number).toLocaleString('en');
const time = (seconds) =>
  seconds >= 3600
    ? `${(seconds / 3600).toFixed(1)} h`
    : seconds >= 60
      ? `${(seconds / 60).toFixed(1)} min`
      : `${Math.round(seconds)} s`;

const Table = ({ label, head, rows }) => html`<div class="wide" tabindex="0" role="group" aria-label=${label}>
  <table>
    <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
    <tbody>${rows.map(([first, ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table>
</div>`;

const Heading = ({ status: { run, phase, target, seconds, etaSeconds, spent, problems } }) => html`<header>
  <h1>${run}</h1>
  <p class="lead"><span class=${`phase ${phase}`}>${phase}</span> ${whole(target.emitted)}${target.records === null ? '' : ` of ${whole(target.records)}`} records emitted, from ${whole(problems)} problems</p>
  <p>${[seconds !== null && `${time(seconds)} so far`, etaSeconds !== null && `about ${time(etaSeconds)} to go`, `${whole(spent.requests)} requests`, `${whole(spent.tokens)} tokens`, spent.cost > 0 && `cost ${spent.cost.toFixed(4)}${spent.ceilings.cost === null ? '' : ` of ${spent.ceilings.cost}`}`].filter(Boolean).join(' · ')}</p>
</header>`;

const Levels = ({ status: { levels, target } }) => html`<section>
  <h2>Levels</h2>
  ${Object.entries(levels).map(([level, one]) => {
    const reached = one.quota ? one.emitted / one.quota : target.emitted ? one.emitted / target.emitted : 0;
    return html`<div class="level">
      <span>${level}</span>
      <progress max="1" value=${Math.min(1, reached)} aria-label=${`${level}: ${one.emitted} emitted`}></progress>
      <span class="number">${whole(one.emitted)}${one.quota === null ? '' : ` of ${whole(one.quota)}`}</span>
      <span class="quiet">${whole(one.problems)} found, ${whole(one.parked)} parked${one.closed ? ', closed: the teacher fails' : ''}</span>
    </div>`;
  })}
</section>`;

const Stages = ({ status: { stages } }) =>
  stages.length > 0 &&
  html`<section><h2>Stages</h2><${Table} label="Stages" head=${['stage', 'done', 'a second', 'in hand', 'dead']}
  rows=${stages.map((one) => [one.stage, whole(one.done), one.perSecond.toFixed(1), whole(one.inHand), whole(one.dead)])} /></section>`;

const Endpoints = ({ status: { endpoints } }) =>
  endpoints.length > 0 &&
  html`<section><h2>Endpoints</h2><${Table} label="Endpoints" head=${['role', 'model', 'in flight', 'limit', 'wait', 'state']}
  rows=${endpoints.map((one) => [one.role, one.member === null ? one.model : `${one.model} ${one.member}`, whole(one.inFlight), whole(one.limit), whole(one.waiting), one.phase])} /></section>`;

const Waiting = ({ status: { waiting, deadLetters } }) => {
  const dead = Object.entries(deadLetters);
  return (
    (waiting.length > 0 || dead.length > 0) &&
    html`<section><h2>What holds it up</h2><ul>
    ${waiting.map(({ who, why }) => html`<li>${who}: ${why}</li>`)}
    ${dead.map(([code, number]) => html`<li>dead letters: ${whole(number)} ${code}</li>`)}
  </ul></section>`
  );
};

const States = ({
  status: { states },
}) => html`<section><h2>Where every problem is</h2><${Table} label="Where every problem is" head=${['state', 'problems']}
  rows=${Object.entries(states)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => [state, whole(number)])} /></section>`;

const Text = ({ title, text }) =>
  text
    ? html`<details><summary>${title} (${whole(text.length)} characters)</summary><pre>${text.slice(0, 200_000)}</pre></details>`
    : null;

const Problem = ({ trail }) => html`<article>
  <h3>${trail.id}</h3>
  <p><b>${trail.state}</b>: ${trail.why}</p>
  <pre>${trail.problems[0]?.statement ?? ''}</pre>
  ${[...trail.graded, ...trail.unverifiable].map(
    ({ grade, attempts }) => html`<h4>Student ${grade.student}: ${grade.verdict}</h4>
    ${attempts.map(
      (
        one,
      ) => html`<p>Attempt ${one.sample}: ${one.verdict}, ${one.reason}; read ${one.extracted ?? 'nothing'}${one.found ? ` (${one.found})` : ''}</p>
      <${Text} title="Reasoning" text=${one.reasoning} /><${Text} title="Answer" text=${one.answer} />`,
    )}`,
  )}
  ${trail.scores.map(({ score }) => html`<p>Score: ${score === null ? 'none needed' : score.toFixed(4)}</p>`)}
  ${trail.levels.map(({ level }) => html`<p>Level: ${level}</p>`)}
  ${[...trail.cot, ...trail.rejected].map(
    (one) => html`<h4>Teacher ${one.teacher}: ${one.reason ? `rejected, ${one.reason}` : 'verified'}</h4>
    ${one.attempts.map((each) => html`<p>Sample ${each.sample}: ${each.outcome}, ${each.reason}; ${whole(each.completionTokens)} tokens</p>`)}
    <${Text} title="Reasoning" text=${one.reasoning} /><${Text} title="Answer" text=${one.answer} />`,
  )}
</article>`;

const Find = () => {
  const [found, setFound] = useState(null);
  const look = async (event) => {
    event.preventDefault();
    const id = new FormData(event.target).get('id').trim();
    const answer = await fetch(`/problem?id=${encodeURIComponent(id)}`);
    setFound(await answer.json());
  };
  return html`<section><h2>One problem</h2>
    <form onSubmit=${look}><label>Its id <input name="id" required autocomplete="off" spellcheck="false" /></label> <button>Show</button></form>
    <div aria-live="polite">${found && (found.missing ? html`<p>${found.missing}</p>` : html`<${Problem} trail=${found} />`)}</div>
  </section>`;
};

const Page = () => {
  const [status, setStatus] = useState(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const events = new EventSource('/events');
    events.onmessage = ({ data }) => {
      setLost(false);
      setStatus(JSON.parse(data));
    };
    events.addEventListener('failed', () => setLost(true));
    events.onerror = () => setLost(true);
    return () => events.close();
  }, []);
  if (!status) return html`<p>${lost ? 'The run cannot be read right now.' : 'Looking at the run…'}</p>`;
  const parts = [Heading, Levels, Waiting, Stages, Endpoints, States];
  return html`${lost && html`<p class="off" role="status">This is as it last was: the run cannot be read right now.</p>`}
    ${parts.map((part) => html`<${part} status=${status} />`)}<${Find} />`;
};

render(html`<${Page} />`, document.getElementById('page'));
