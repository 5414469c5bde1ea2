// The topology as a diagram: what waits before each stage, what each does, and what came out.
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

export const Flow = ({ status: { phase, states, stages, waiting } }) => {
  const noteOf = (stage) => stages.find((one) => one.stage === stage);
  const whyOf = (stage) => waiting.find(({ who }) => who === stage)?.why;
  return html`<section><h2>The flow</h2><ol class="flow">
    ${STAGES.map(({ stage, before, topic }) => {
      const note = noteOf(stage);
      return html`<li>
        <span class="arrow"><span class="quiet">${topic}</span> ${whole(states[before])} waiting</span>
        <div class=${`stage${note && note.perSecond > 0 ? ' busy' : ''}`} title=${whyOf(stage) ?? ''}>
          <b>${stage}</b>
          <span>${note ? `${rate(note.perSecond)}, ${whole(note.inHand)} in hand` : phase === 'idle' ? 'at rest' : 'not here'}</span>
          ${note && note.dead > 0 && html`<span class="warm">${whole(note.dead)} dead</span>`}
        </div>
      </li>`;
    })}
    <li><span class="arrow"><span class="quiet">cot</span> ${whole(states.emitted)} emitted</span></li>
  </ol>
  <p class="quiet">Aside: ${whole(states.parked)} parked, ${whole(states.rejected)} rejected, ${whole(states.unverifiable)} unverifiable, ${whole(states.dead)} dead.</p></section>`;
};
