// Bars beside each other: for each name one of every run.
import { html } from '/view.js';

const WIDTH = 640;
const HEIGHT = 180;
const FOOT = 22;

/** @param groups `{ name, shares }`, a share of each run in the order of `runs`; null draws none. */
export const Bars = ({ title, runs, groups }) => {
  const most = Math.max(0.01, ...groups.flatMap(({ shares }) => shares.map((share) => share ?? 0)));
  const room = WIDTH / groups.length;
  const wide = (room * 0.8) / runs.length;
  const said = groups
    .map(({ name, shares }) => `${name}: ${shares.map((share, run) => `${runs[run]} ${percent(share)}`).join(', ')}`)
    .join('; ');
  return html`<figure>
    <figcaption>${title}</figcaption>
    <${Legend} runs=${runs} />
    <div class="wide" tabindex="0" role="group" aria-label=${title}><svg class="bars" viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="img" aria-label=${`${title}. ${said}`}>
      ${groups.map(({ name, shares }, group) => {
        const left = group * room + room * 0.1;
        return html`<g>
          ${shares.map((share, run) => {
            const height = ((HEIGHT - 16) * (share ?? 0)) / most;
            return html`<rect class=${`series-${run}`} x=${left + run * wide} y=${HEIGHT - height} width=${Math.max(1, wide - 2)} height=${height} />
              ${runs.length <= 2 && share > 0 && html`<text class="value" x=${left + (run + 0.5) * wide} y=${HEIGHT - height - 4}>${percent(share)}</text>`}`;
          })}
          <text x=${group * room + room / 2} y=${HEIGHT + 16}>${name}</text>
        </g>`;
      })}
      <line x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} />
    </svg></div>
  </figure>`;
};

export const Legend = ({ runs }) =>
  html`<p class="legend" aria-hidden="true">${runs.map((run, index) => html`<span><svg viewBox="0 0 10 10"><rect class=${`series-${index}`} width="10" height="10" /></svg> ${run}</span>`)}</p>`;

export const percent = (share) =>
  share === null ? 'nothing' : `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
