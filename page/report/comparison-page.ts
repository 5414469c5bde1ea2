import type { Comparison } from '../../flow/outputs/compare.ts';
import { levels } from '../../schemas/hardness.ts';
import { differencePicture } from './difference-picture.ts';
import { document, table } from './document.ts';
import { html, type Markup } from './html.ts';
import { ink, type Picture } from './pictures.ts';
import { many, percent, whole } from './words.ts';

/** Two runs side by side as a page of its own. */
export const comparisonPage = (found: Comparison, first: string, second: string): Promise<string> =>
  document(`${first} and ${second}`, [
    heading(found, first, second),
    found.common === 0
      ? []
      : [sharesPicture(found, first, second), changesPicture(found, first, second), whereFrom(found, first, second)],
    matrixTable(found, first, second),
  ]);

const heading = (
  { common, onlyFirst, onlySecond, serveBoth }: Comparison,
  first: string,
  second: string,
): Markup => html`<header>
<h1>${first} and ${second}</h1>
<p class="lead">${many(common, 'problem')} levelled by both; ${whole(onlyFirst)} by ${first} alone, ${whole(onlySecond)} by ${second} alone</p>
<p>Verified records on problems of the same level for both: ${whole(serveBoth.first)} of ${first}, ${whole(serveBoth.second)} of ${second}. Problems with a verified record in both: ${whole(serveBoth.sameProblem)}.</p>
</header>`;

const sharesPicture = ({ shares }: Comparison, first: string, second: string): Picture => ({
  title: 'Levels that the two students show',
  says: levels
    .map(
      (level) => `${level}: ${percent(shares.first[level])} of ${first}, ${percent(shares.second[level])} of ${second}`,
    )
    .join('; '),
  spec: {
    data: {
      values: levels.flatMap((level) => [
        { level, run: first, share: shares.first[level] },
        { level, run: second, share: shares.second[level] },
      ]),
    },
    mark: 'bar',
    encoding: {
      x: { field: 'level', type: 'ordinal', sort: [...levels], title: 'from easy to hard' },
      xOffset: { field: 'run', sort: null },
      y: { field: 'share', type: 'quantitative', axis: { format: '%' }, title: 'share of the common problems' },
      color: { field: 'run', scale: { domain: [first, second], range: [ink.quiet, ink.accent] } },
    },
  },
});

const changesPicture = ({ differences }: Comparison, first: string, second: string): Picture =>
  differencePicture(
    `What ${second} has more of than ${first}`,
    levels.map((level) => ({ name: level, ...differences[level] })),
  );

/** Each row sums to what the first student showed at that level. */
const whereFrom = ({ matrix }: Comparison, first: string, second: string): Picture => ({
  title: 'Where the problems of a level went',
  says: `at the same level for both: ${levels.map((level) => `${whole(matrix[level][level])} ${level}`).join(', ')}; the table below has the others`,
  spec: {
    height: 240,
    data: {
      values: levels.flatMap((row) => {
        const all = levels.reduce((sum, column) => sum + matrix[row][column], 0);
        return levels.map((column) => ({
          ...{ row, column, problems: matrix[row][column] },
          share: all === 0 ? 0 : matrix[row][column] / all,
        }));
      }),
    },
    encoding: {
      y: { field: 'row', type: 'ordinal', sort: [...levels], title: first },
      x: { field: 'column', type: 'ordinal', sort: [...levels], title: second },
    },
    layer: [
      {
        mark: { type: 'rect', color: ink.accent },
        encoding: {
          opacity: { field: 'share', type: 'quantitative', scale: { domain: [0, 1], range: [0, 0.7] }, legend: null },
        },
      },
      { mark: { type: 'text', color: ink.strong }, encoding: { text: { field: 'problems', format: ',' } } },
    ],
  },
});

const matrixTable = ({ matrix }: Comparison, first: string, second: string): Markup => html`<section>
<h2>Problems by level: ${first} in the rows, ${second} in the columns</h2>
${table(
  ['level', ...levels],
  levels.map((row) => [row, ...levels.map((column) => whole(matrix[row][column]))]),
)}
</section>`;
