// The page of a run, or of several side by side: what the server tells of them, drawn anew with each event.
import { Flow } from '/flow.js';
import { Answers, Batches, Endpoints, Heading, Letters, Levels, Models, Parts } from '/overview.js';
import { Find } from '/problems.js';
import { Quality } from '/quality.js';
import { SideBySide } from '/side-by-side.js';
import { html, render, useEffect, useState } from '/view.js';

/** Side by side where there is room. */
const COLUMNS = [
  [Flow, Levels, Parts, Answers],
  [Endpoints, Batches, Models, Letters, Quality],
];

const Page = () => {
  const [told, setTold] = useState(null);
  const [lost, setLost] = useState(false);
  const [chosen, choose] = useState(0);
  useEffect(() => {
    const events = new EventSource('/events');
    events.onmessage = ({ data }) => {
      setLost(false);
      setTold(JSON.parse(data));
    };
    events.addEventListener('failed', () => setLost(true));
    events.onerror = () => setLost(true);
    return () => events.close();
  }, []);
  if (!told) return html`<p>${lost ? 'The run cannot be read right now.' : 'Looking at the run…'}</p>`;
  const { runs, comparisons } = told;
  const status = runs[chosen];
  const open = (run) => {
    choose(run);
    document.getElementById('run').scrollIntoView();
  };
  return html`${runs.length > 1 && html`<${SideBySide} runs=${runs} comparisons=${comparisons} chosen=${chosen} open=${open} />`}
    <div id="run">
    <${Heading} status=${status} title=${runs.length > 1 ? 'h2' : 'h1'} />
    ${(lost || status.lost) && html`<p class="off" role="status">This is as it last was: the run cannot be read right now.</p>`}
    ${status.phase && html`<div class="columns">${COLUMNS.map((parts) => html`<div>${parts.map((part) => html`<${part} status=${status} />`)}</div>`)}</div>`}
    </div>
    <${Find} key=${chosen} run=${chosen} last=${status.last ?? []} />`;
};

render(html`<${Page} />`, document.getElementById('page'));
