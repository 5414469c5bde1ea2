// Several runs at a glance: where each stands, and how their levels differ.
import { Bars } from '/bars.js';
import { Comparison } from '/comparison.js';
import { time, whole } from '/numbers.js';
import { Table } from '/table.js';
import { html } from '/view.js';

export const SideBySide = ({ runs, comparisons, chosen, open }) => {
  const names = runs.map(({ run }) => run);
  return html`<header><h1>${runs.length} runs side by side</h1></header>
  <section><h2>Where they stand</h2>
    <${Table} label="Runs" head=${['run', 'phase', 'emitted', 'problems', 'right', 'parked', 'rejected', 'tokens', 'cost', 'to go']}
      rows=${runs.map((status, index) => rowOf(status, index === chosen, () => open(index)))} />
  </section>
  <section><h2>How they differ</h2>
    <div class="columns">
      <${Bars} title="Levels that the students show, in shares of the problems with a level" runs=${names} groups=${sharesOf(runs, 'problems')} />
      <${Bars} title="Levels of what was emitted" runs=${names} groups=${sharesOf(runs, 'emitted')} />
    </div>
    ${comparisons.map((found) => html`<${Comparison} found=${found} first=${names[found.first]} second=${names[found.second]} />`)}
    ${comparisons.length === 0 && html`<p class="quiet">Their problems are being compared…</p>`}
  </section>`;
};

const rowOf = (status, isChosen, open) => {
  const { run, phase, target, problems, levels, states, spent, etaSeconds } = status;
  const button = html`<button type="button" aria-pressed=${isChosen} onClick=${open}>${run}</button>`;
  if (!phase) return [button, 'cannot be read', '', '', '', '', '', '', '', ''];
  const levelled = sum(Object.values(levels).map((level) => level.problems));
  return [
    button,
    phase,
    `${whole(target.emitted)}${target.records === null ? '' : ` of ${whole(target.records)}`}`,
    whole(problems),
    levelled > 0 ? `${((100 * levels.easy.problems) / levelled).toFixed(1)} %` : '',
    whole(states.parked),
    whole(states.rejected),
    whole(spent.tokens),
    spent.cost > 0 ? spent.cost.toFixed(4) : '',
    etaSeconds === null ? '' : time(etaSeconds),
  ];
};

const sharesOf = (runs, count) => {
  const all = runs.map(({ levels = {} }) => sum(Object.values(levels).map((level) => level[count])));
  const names = Object.keys(runs.find(({ levels }) => levels)?.levels ?? {});
  return names.map((name) => ({
    name,
    shares: runs.map(({ levels }, run) => (all[run] > 0 ? levels[name][count] / all[run] : null)),
  }));
};

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
