// Two runs over the same problems, as `sluice compare` tells of them.
import { many, whole } from '/numbers.js';
import { html } from '/view.js';

export const Comparison = ({ found, first, second }) => {
  const { common, onlyFirst, onlySecond, serveBoth } = found;
  return html`<h3>${second} beside ${first}</h3>
    <p>${many(common, 'problem')} levelled by both; ${whole(onlyFirst)} by ${first} alone, ${whole(onlySecond)} by ${second} alone.
    Verified records on problems of the same level for both: ${whole(serveBoth.first)} of ${first}, ${whole(serveBoth.second)} of ${second}.</p>
    ${common > 0 && html`<div class="columns"><${Differences} found=${found} first=${first} second=${second} /><${Matrix} found=${found} first=${first} second=${second} /></div>`}`;
};

const WIDTH = 640;
const ROW = 28;
const NAMES = 80;

/** What does not reach over the line in the middle differs for sure. */
const Differences = ({ found: { differences }, first, second }) => {
  const rows = Object.entries(differences);
  const most = Math.max(0.01, ...rows.flatMap(([, { interval }]) => interval.map(Math.abs)));
  const half = (WIDTH - NAMES) / 2 - 70;
  const at = (share) => NAMES + (WIDTH - NAMES) / 2 + (half * share) / most;
  const title = `What ${second} has more of than ${first}, with 95 % intervals`;
  const said = rows.map(([level, one]) => `${level}: ${change(one.share)} (${one.interval.map(change).join(' to ')})`);
  return html`<figure>
    <figcaption>${title}</figcaption>
    <div class="wide" tabindex="0" role="group" aria-label=${title}><svg class="differences" viewBox="0 0 ${WIDTH} ${ROW * rows.length}" role="img" aria-label=${`${title}. ${said.join('; ')}`}>
      <line x1=${at(0)} x2=${at(0)} y1="0" y2=${ROW * rows.length} />
      ${rows.map(([level, { share, interval }], row) => {
        const y = ROW * (row + 0.5);
        const [low, high] = interval;
        return html`<g>
          <text x="0" y=${y + 4}>${level}</text>
          <line class=${low > 0 || high < 0 ? 'sure' : 'open'} x1=${at(low)} x2=${Math.max(at(high), at(low) + 1)} y1=${y} y2=${y} />
          <circle cx=${at(share)} cy=${y} r="4" />
          <text class=${share < 0 ? 'before' : 'behind'} x=${share < 0 ? at(low) - 8 : at(high) + 8} y=${y + 4}>${change(share)}</text>
        </g>`;
      })}
    </svg></div>
  </figure>`;
};

/** Each row sums to what the first student showed at that level; the darker, the more of the row. */
const Matrix = ({ found: { matrix }, first, second }) => {
  const levels = Object.keys(matrix);
  return html`<div class="wide" tabindex="0" role="group" aria-label=${`Levels of ${first} in the rows, of ${second} in the columns`}>
    <table class="matrix">
      <caption>Where the problems of a level went: ${first} in the rows, ${second} in the columns</caption>
      <thead><tr><td></td>${levels.map((level) => html`<th scope="col">${level}</th>`)}</tr></thead>
      <tbody>${levels.map((row) => {
        const all = levels.reduce((sum, column) => sum + matrix[row][column], 0);
        return html`<tr><th scope="row">${row}</th>${levels.map((column) => html`<td class=${`heat-${all > 0 ? Math.round((10 * matrix[row][column]) / all) : 0}`}>${whole(matrix[row][column])}</td>`)}</tr>`;
      })}</tbody>
    </table>
  </div>`;
};

const change = (share) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
