// The page of a run: what the server tells of it, drawn anew with each event.
import { Flow } from '/flow.js';
import { Answers, Endpoints, Heading, Levels, Models, Parts, Waiting } from '/overview.js';
import { Find } from '/problems.js';
import { html, render, useEffect, useState } from '/view.js';

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
  const parts = [Heading, Waiting, Flow, Levels, Parts, Answers, Endpoints, Models];
  return html`${lost && html`<p class="off" role="status">This is as it last was: the run cannot be read right now.</p>`}
    ${parts.map((part) => html`<${part} status=${status} />`)}<${Find} />`;
};

render(html`<${Page} />`, document.getElementById('page'));
