import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { levels } from '../../schemas/hardness.ts';
import { arms, control } from './arms.ts';
import { bars, lines, means } from './pictures.ts';
import type { Evaluation, Group, Results, Trained } from './results.ts';
import { type Paired, paired, type Spread, spread } from './statistics.ts';

const begin = '<!-- made by the run: begin -->';
const end = '<!-- made by the run: end -->';

/** Puts the tables and pictures of a run into the page, between its marks. */
export const writePage = async (results: Results, page: string): Promise<void> => {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page}: has no marks to write between`);
  await drawAll(results, page.replace(/\.md$/, ''));
  writeFileSync(page, `${before}${begin}\n\n${tablesOf(results)}\n\n${end}${after}`);
};

const tablesOf = (results: Results): string => {
  const { base, student, larger, size, commit, minutes, trained } = results;
  const seeds = new Set(trained.map(({ seed }) => seed)).size;
  return [
    `The ${size} form at commit \`${commit}\`, ${minutes} minutes: ${trained.length} ${trained.length === 1 ? 'training' : 'trainings'}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} an arm.`,
    `The student has ${student.weights.toLocaleString('en')} weights and was pre-trained for ${student.steps} steps${larger === null ? '' : `, the larger one ${larger.weights.toLocaleString('en')} and ${larger.steps}`}. Before any training on records it solves ${percent(base.right / base.problems)} of the ${base.problems} held-out exercises.`,
    '### Levels that were shown',
    levelTable(results),
    '![Shares of the levels](closed-loop/levels.svg)',
    '### Held-out exercises, all families',
    armTable(results),
    '![Right answers by arm](closed-loop/arms.svg)',
    '### By family',
    groupTable(results, ({ bySubject }) => bySubject),
    '### By length',
    groupTable(results, ({ bySourceLevel }) => bySourceLevel),
    '![Right answers by length](closed-loop/lengths.svg)',
    ...secondRound(results),
  ].join('\n\n');
};

const drawAll = async (results: Results, folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const { base } = results;
  const shown = Object.entries(results.levels).flatMap(([name, { levels: counts, problems }]) =>
    levels.map((level) => ({ group: level, name, share: (counts[level] ?? 0) / problems })),
  );
  const rows = names(results).map((name) => ({ name, ...spread(shares(results, name, 1)) }));
  const byLength = ['untrained', ...names(results)].flatMap((name) =>
    groupsOf(base.bySourceLevel).map((group) => ({
      group,
      name,
      share: groupMean(results, name, group, ({ bySourceLevel }) => bySourceLevel),
    })),
  );
  writeFileSync(join(folder, 'levels.svg'), await bars(shown, 'of the evaluation set'));
  writeFileSync(
    join(folder, 'arms.svg'),
    await means(rows, 'right, with the 95 % interval over the seeds', base.right / base.problems),
  );
  writeFileSync(join(folder, 'lengths.svg'), await lines(byLength, 'items of the exercise'));
};

const levelTable = ({ levels: shown, trained }: Results): string =>
  table([
    ['', ...levels],
    ...Object.entries(shown).map(([name, { levels: counts, problems }]) => [
      `shown by the ${name === 'student' ? 'student' : 'larger student'}`,
      ...levels.map((level) => percent((counts[level] ?? 0) / problems)),
    ]),
    ...trained
      .filter(({ seed, round }) => seed === 1 && round === 1)
      .map(({ arm, emitted }) => [
        `records of \`${arm}\`, seed 1`,
        ...levels.map((level) => String(emitted[level] ?? 0)),
      ]),
  ]);

const armTable = (results: Results): string =>
  table([
    ['arm', 'what it is trained on', 'right', 'against the untrained student', `against \`${control}\``, 'p'],
    ...names(results).map((name) => {
      const against = againstControl(results, name, 1);
      const gain = spread(shares(results, name, 1).map((share) => share - results.base.right / results.base.problems));
      return [
        `\`${name}\``,
        arms.find((arm) => arm.name === name)?.about ?? '',
        withInterval(spread(shares(results, name, 1)), percent),
        withInterval(gain, points),
        against === null ? '' : withInterval(against, points),
        against === null ? '' : against.p.toFixed(3),
      ];
    }),
  ]);

const groupTable = (results: Results, by: (evaluation: Evaluation) => Readonly<Record<string, Group>>): string => {
  const groups = groupsOf(by(results.base));
  return table([
    ['arm', ...groups],
    ...['untrained', ...names(results)].map((name) => [
      `\`${name}\``,
      ...groups.map((group) => percent(groupMean(results, name, group, by))),
    ]),
  ]);
};

const secondRound = (results: Results): string[] => {
  const again = names(results).filter((name) => of(results, name, 2).length > 0);
  if (again.length === 0) return [];
  const rows = again.map((name) => {
    const more = versus(results, { arm: name, round: 2 }, { arm: name, round: 1 });
    const against = againstControl(results, name, 2);
    return [
      `\`${name}\``,
      withInterval(spread(shares(results, name, 2)), percent),
      withInterval(more, points),
      more.p.toFixed(3),
      against === null ? '' : withInterval(against, points),
      against === null ? '' : against.p.toFixed(3),
    ];
  });
  const head = [
    'arm',
    'right after two rounds',
    'against its first round',
    'p',
    `against \`${control}\`'s second`,
    'p',
  ];
  return ['### The next round, from the trained student', table([head, ...rows])];
};

const names = ({ trained }: Results): string[] => [...new Set(trained.map(({ arm }) => arm))];

const of = ({ trained }: Results, arm: string, round: number): Trained[] =>
  trained.filter((one) => one.arm === arm && one.round === round).sort((one, other) => one.seed - other.seed);

const shares = (results: Results, arm: string, round: number): number[] =>
  of(results, arm, round).map(({ heldOut }) => heldOut.right / heldOut.problems);

interface Which {
  readonly arm: string;
  readonly round: number;
}

/** Null for the control itself, and where it was not run. */
const againstControl = (results: Results, arm: string, round: number): Paired | null =>
  arm === control || of(results, control, round).length === 0
    ? null
    : versus(results, { arm, round }, { arm: control, round });

/** Over the seeds that both have. */
const versus = (results: Results, one: Which, other: Which): Paired => {
  const others = new Map(of(results, other.arm, other.round).map(({ seed, heldOut }) => [seed, heldOut.right]));
  const both = of(results, one.arm, one.round).filter(({ seed }) => others.has(seed));
  const seconds = both.map(({ seed }) => others.get(seed)!);
  return paired(
    both.map(({ heldOut }) => heldOut.right),
    seconds,
    results.base.problems,
  );
};

const groupsOf = (groups: Readonly<Record<string, Group>>): string[] =>
  Object.keys(groups).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

const groupMean = (
  results: Results,
  name: string,
  group: string,
  by: (evaluation: Evaluation) => Readonly<Record<string, Group>>,
): number => {
  const evaluations = name === 'untrained' ? [results.base] : of(results, name, 1).map(({ heldOut }) => heldOut);
  return spread(evaluations.map((evaluation) => by(evaluation)[group]!.passAt1)).mean;
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;

const withInterval = ({ mean, interval }: Spread, shown: (share: number) => string): string =>
  interval === null ? shown(mean) : `${shown(mean)} (${shown(interval[0])} to ${shown(interval[1])})`;

const table = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

if (import.meta.main) {
  const results = JSON.parse(readFileSync(process.argv[2] ?? 'results.json', 'utf8')) as Results;
  await writePage(results, resolve(import.meta.dirname, '../../docs/closed-loop.md'));
}
