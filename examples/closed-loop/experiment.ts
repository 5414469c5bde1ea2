import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Arm, arms, control, largerRun, ownRun } from './arms.ts';
import { configured, sluice } from './commands.ts';
import { python, type Served, served } from './python.ts';
import type { Evaluation, Pretrained, Results, Trained } from './results.ts';
import { type Draw, settingsOf } from './settings.ts';
import type { Size } from './sizes.ts';

export type Tell = (line: string) => void;

/**
 * The whole loop in one folder: exercises, a student from scratch, its levels, records by each arm's distribution, training,
 * evaluation, and for two of the arms the next round from the trained student. The same numbers on each start.
 */
export const experiment = async (
  folder: string,
  size: Size,
  tell: Tell,
): Promise<Pick<Results, 'student' | 'larger' | 'levels' | 'base' | 'trained'>> => {
  mkdirSync(folder, { recursive: true });
  const { pool, evaluation, heldOut, longest } = size;
  await python('make_data.py', { out: folder, pool, evaluation, 'held-out': heldOut, longest, seed: 1 });
  const [student, larger] = await Promise.all([
    pretrained(folder, 'student', size.width, size, tell),
    size.largerWidth === null ? null : pretrained(folder, 'larger', size.largerWidth, size, tell),
  ]);

  const worked = await served('worked_server.py');
  try {
    const place: Place = { folder, size, worked: worked.url, tell };
    const levels: Record<string, Evaluation> = {};
    if (larger !== null)
      levels.larger = await withStudent(join(folder, 'larger'), (url) =>
        evaluate(place, { url, revision: 'larger' }, largerRun, 'evaluation.jsonl'),
      );
    const first = await withStudent(join(folder, 'student'), async (url) => {
      const asked = { url, revision: 'untrained' };
      levels.student = await evaluate(place, asked, ownRun, 'evaluation.jsonl');
      const base = await evaluate(place, asked, baseRun, 'held-out.jsonl');
      const sets = [];
      for (const arm of arms.filter(({ name }) => size.arms.includes(name)))
        for (let seed = 1; seed <= size.seeds; seed++) sets.push(await drawn(place, asked, arm, seed));
      return { base, sets };
    });
    const trained = await inLanes(availableParallelism(), first.sets, (set) => rounds(place, set));
    return { student, larger, levels, base: first.base, trained: trained.flat() };
  } finally {
    worked.stop();
  }
};

interface Place {
  readonly folder: string;
  readonly size: Size;
  readonly worked: string;
  readonly tell: Tell;
}

interface Asked {
  readonly url: string;
  readonly revision: string;
}

const baseRun = 'untrained-held-out';

const pretrained = async (
  folder: string,
  name: string,
  width: number,
  { longest, layers, pretrainingSteps }: Size,
  tell: Tell,
): Promise<Pretrained> => {
  const out = join(folder, name);
  await python('pretrain.py', { out, data: folder, width, layers, longest, 'most-steps': pretrainingSteps, seed: 1 });
  const facts = JSON.parse(readFileSync(join(out, 'pretrained.json'), 'utf8')) as Pretrained;
  tell(`${name}: ${facts.weights} weights, ${facts.steps} steps, short ones solved: ${JSON.stringify(facts.solved)}`);
  return facts;
};

const withStudent = async <T>(model: string, work: (url: string) => Promise<T>): Promise<T> => {
  const server: Served = await served('serve_student.py', { model });
  try {
    return await work(server.url);
  } finally {
    server.stop();
  }
};

/** What a student makes of a set: its levels, or how it stands against the untrained one. */
const evaluate = async (
  { folder, worked, tell }: Place,
  { url, revision }: Asked,
  run: string,
  set: string,
  against?: string,
): Promise<Evaluation> => {
  const file = configured(folder, run, settingsOf({ student: url, revision, worked }, set));
  const said = await sluice(
    folder,
    'evaluate',
    '-c',
    file,
    '--json',
    ...(against === undefined ? [] : ['--against', against]),
  );
  const found = JSON.parse(said) as Evaluation;
  tell(`${run}: ${found.right} of ${found.problems} right`);
  return found;
};

/** A set of records for the trainer. */
interface RecordSet {
  readonly arm: Arm;
  readonly seed: number;
  readonly run: string;
  readonly round: number;
  /** The weights that are trained on it. */
  readonly from: string;
  readonly emitted: Readonly<Record<string, number>>;
}

const drawn = async (
  place: Place,
  { url, revision }: Asked,
  arm: Arm,
  seed: number,
  next?: { readonly after: RecordSet; readonly levelsOf: string },
): Promise<RecordSet> => {
  const { folder, size, worked, tell } = place;
  const round = (next?.after.round ?? 0) + 1;
  const run = `${arm.name}-${seed}-round-${round}`;
  const distribution = next !== undefined && arm.name === 'own' ? { run: next.levelsOf } : arm.distribution;
  const exclude = next === undefined ? [] : [next.after.run];
  const draw: Draw = { records: size.records, distribution, seed, exclude };
  const settings = settingsOf({ student: url, revision, worked }, 'evaluation.jsonl', draw);
  const file = configured(folder, run, { ...settings, output: { dir: `out/${run}` } });
  await sluice(folder, 'run', '-c', file);
  await sluice(
    folder,
    'export',
    '-c',
    file,
    '--format',
    'trl-prompt-completion',
    '--prompt',
    'student',
    '--out',
    `sets/${run}`,
  );
  const report = JSON.parse(readFileSync(join(folder, 'out', run, 'report.json'), 'utf8'));
  tell(`${run}: ${JSON.stringify(report.emitted)}`);
  const from = next === undefined ? join(folder, 'student') : modelOf(folder, next.after);
  return { arm, seed, run, round, from, emitted: report.emitted };
};

const modelOf = (folder: string, set: RecordSet): string => join(folder, 'models', set.run);

/** Trains on a set and evaluates; where another round follows, the next set is drawn by the trained student's own answers. */
const rounds = async (place: Place, set: RecordSet): Promise<Trained[]> => {
  const { folder, size } = place;
  const out = modelOf(folder, set);
  await python('train.py', {
    model: set.from,
    data: join(folder, 'sets', set.run),
    out,
    steps: size.trainingSteps,
    seed: set.seed,
  });
  const { heldOut, next } = await withStudent(out, async (url) => {
    const asked = { url, revision: set.run };
    const heldOut = await evaluate(place, asked, `${set.run}-held-out`, 'held-out.jsonl', baseRun);
    const goesOn = set.round < size.rounds && ['own', control].includes(set.arm.name);
    if (!goesOn) return { heldOut, next: null };
    const levelsOf = `${set.run}-levels`;
    await evaluate(place, asked, levelsOf, 'evaluation.jsonl');
    return { heldOut, next: await drawn(place, asked, set.arm, set.seed, { after: set, levelsOf }) };
  });
  const here: Trained = { arm: set.arm.name, seed: set.seed, round: set.round, emitted: set.emitted, heldOut };
  return [here, ...(next === null ? [] : await rounds(place, next))];
};

/** So many at once, results in the order of the items. */
const inLanes = async <Item, Result>(
  lanes: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const left = items.entries();
  const lane = async () => {
    for (const [place, item] of left) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
};
