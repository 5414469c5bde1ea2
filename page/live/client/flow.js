// The topology as a diagram: what waits before each stage and how fast it is worked off, and why a stage waits.
import { rate, whole } from '/numbers.js';
import { html } from '/view.js';

/** What stands before a stage is what its own backlog is called among the states. */
const STAGES = [
  { stage: 'grade', before: 'unread', topic: 'problems' },
  { stage: 'score', before: 'scoring', topic: 'graded' },
  { stage: 'level', before: 'levelling', topic: 'scored' },
  { stage: 'sample', before: 'sampling', topic: 'levelled' },
  { stage: 'generate', before: 'teaching', topic: 'admitted' },
];

export const Flow = ({ status }) => {
  const { states, unreadIsExact } = status;
  return html`<section><h2>The flow</h2><ol class="flow">
    ${STAGES.map((one) => html`<${Stage} ...${one} status=${status} atMost=${one.before === 'unread' && !unreadIsExact} />`)}
    <li><p class="arrow"><span class="quiet">cot</span> ${whole(states.emitted)} emitted</p></li>
  </ol>
  <p class="quiet">Aside: ${whole(states.parked)} parked, ${whole(states.rejected)} rejected, ${whole(states.unverifiable)} unverifiable, ${whole(states.dead)} dead.</p></section>`;
};

const Stage = ({ stage, before, topic, atMost, status: { phase, states, stages, waiting } }) => {
  const note = stages.find((one) => one.stage === stage);
  // What is in hand is among what was not done yet.
  const backlog = Math.max(0, states[before] - (note?.inHand ?? 0));
  const reasons = waiting.filter((one) => one.stage === stage);
  return html`<li>
    <p class="arrow"><span class="quiet">${topic}</span> ${atMost ? 'up to ' : ''}${whole(backlog)} waiting${note ? `, ${rate(note.perSecond)}` : ''}</p>
    <div class=${`stage${note && note.perSecond > 0 ? ' busy' : ''}`}>
      <b>${stage}</b>
      <span>${note ? `${whole(note.inHand)} in hand` : phase === 'idle' ? 'at rest' : 'not here'}</span>
      ${note && note.dead > 0 && html`<span class="warm">${whole(note.dead)} dead</span>`}
    </div>
    ${reasons.length > 0 && html`<ul class="why" aria-label=${`what ${stage} waits for`}>${reasons.map(({ who, why }) => html`<li><b>${who}</b>: ${why}</li>`)}</ul>`}
  </li>`;
};
