import type { Evaluated, Group } from '../../flow/evaluation/evaluated.ts';
import type { EvaluationChange } from '../../flow/evaluation/evaluation-change.ts';
import { levels } from '../../schemas/hardness.ts';
import { differencePicture } from './difference-picture.ts';
import { document, table } from './document.ts';
import { html, type Markup } from './html.ts';
import { ink, type Picture } from './pictures.ts';
import { many, percent, whole } from './words.ts';

/** What a student showed on the evaluation set, as a page of its own. */
export const evaluationPage = (run: string, found: Evaluated, against?: EvaluationChange): Promise<string> => {
  const groups = groupsOf(found);
  return document(`${run}: evaluation`, [
    heading(run, found, against),
    [
      ...(against ? [changePicture(run, against)] : []),
      ...(found.problems > 0 ? [levelsPicture(found)] : []),
      ...(groups.length > 0 ? [groupsPicture(found, groups)] : []),
    ],
    groupsTable(found, groups),
  ]);
};

const heading = (run: string, found: Evaluated, against?: EvaluationChange): Markup => html`<header>
<h1>${run}: evaluation</h1>
<p class="lead">pass@1 ${percent(found.passAt1)} (95 % interval ${range(found)}) over ${many(found.problems, 'problem')}, ${many(found.attempts, 'answer')}; ${whole(found.right)} right by majority</p>
<p>${many(found.truncated, 'answer')} truncated, ${many(found.unverifiable, 'problem')} unverifiable, ${whole(found.unanswered)} unanswered</p>
${
  against
    ? html`<p>Against ${against.run}: ${percent(against.before)} → ${percent(against.now)} on ${whole(against.common)} common problems, ${whole(against.gained)} gained, ${whole(against.lost)} lost, p = ${against.p.toPrecision(2)}</p>`
    : ''
}
</header>`;

const changePicture = (run: string, { run: other, before, now, interval }: EvaluationChange): Picture =>
  differencePicture(`pass@1 of ${run} against ${other}`, [{ name: 'pass@1', share: now - before, interval }]);

const levelsPicture = ({ levels: found, problems }: Evaluated): Picture => ({
  title: 'Levels that the student showed',
  says: levels.map((level) => `${level}: ${whole(found[level])} of ${whole(problems)}`).join('; '),
  spec: {
    data: { values: levels.map((level) => ({ level, share: found[level] / problems })) },
    mark: 'bar',
    encoding: {
      x: { field: 'level', type: 'ordinal', sort: [...levels], title: 'from easy to hard' },
      y: { field: 'share', type: 'quantitative', axis: { format: '%' }, title: 'share of the problems' },
    },
  },
});

type Named = readonly [kind: string, name: string, group: Group];

const groupsOf = ({ byDataSet, bySubject, bySourceLevel }: Evaluated): Named[] =>
  Object.entries({ 'data set': byDataSet, subject: bySubject, 'source level': bySourceLevel }).flatMap(
    ([kind, groups]) => {
      const all = Object.entries(groups);
      return all.length < 2 ? [] : all.map(([name, group]) => [kind, name, group] as const);
    },
  );

const groupsPicture = (found: Evaluated, groups: readonly Named[]): Picture => {
  const all: readonly Named[] = [['all', 'all', found], ...groups];
  return {
    title: 'pass@1 by data set, subject and source level',
    says: all.map(([, name, group]) => `${name}: ${percent(group.passAt1)} (${range(group)})`).join('; '),
    spec: {
      height: { step: 24 },
      data: {
        values: all.map(([kind, name, { passAt1, interval }]) => ({
          ...{ name: kind === 'all' ? 'all' : `${kind} ${name}`, passAt1, low: interval[0], high: interval[1] },
        })),
      },
      encoding: { y: { field: 'name', type: 'nominal', sort: null, title: null } },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 3, color: ink.quiet },
          encoding: {
            x: {
              ...{ field: 'low', type: 'quantitative', scale: { domain: [0, 1] }, axis: { format: '%' } },
              title: 'pass@1, with its 95 % interval',
            },
            x2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point', filled: true, opacity: 1, size: 80, color: ink.accent },
          encoding: { x: { field: 'passAt1', type: 'quantitative' } },
        },
      ],
    },
  };
};

const groupsTable = (found: Evaluated, groups: readonly Named[]): Markup => html`<section>
<h2>Figures</h2>
${table(
  ['group', 'problems', 'answers', 'pass@1', '95 % interval', 'truncated'],
  [['all', 'all', found] as const, ...groups].map(([kind, name, group]) => [
    kind === 'all' ? 'all' : `${kind} ${name}`,
    ...[whole(group.problems), whole(group.attempts), percent(group.passAt1), range(group), whole(group.truncated)],
  ]),
)}
</section>`;

const range = ({ interval: [low, high] }: Pick<Group, 'interval'>): string => `${percent(low)} to ${percent(high)}`;
