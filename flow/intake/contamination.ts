import { contaminationIndex } from '../../datasets/decontamination/contamination-index.ts';
import type { EvaluationProblem } from '../../datasets/decontamination/evaluation-text.ts';
import { readProblems } from '../../datasets/in/read-problems.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Contamination, Problem } from '../../schemas/types.ts';
import type { Settings } from '../settings/settings.ts';
import { sourcesOf } from './source-files.ts';

/** What of a problem gives an evaluation away; null: nothing does. */
export type FindContamination = (problem: Problem) => Contamination | null;

/**
 * Keeps the statements of the sets that are not to be given away with the run: other processes of it have no data
 * files, and what is on the topic was read by whichever run came first, perhaps without a look at these sets. They are
 * those under `decontamination.against`, else the evaluation set.
 */
export const keepEvaluations = async (transport: Transport, settings: Settings): Promise<void> => {
  const table = transport.table('settings');
  const parts = partsOf(await evaluationsOf(settings));
  for (const [index, part] of parts.entries()) {
    await table.put(PREFIX + index, PREFIX + index, Buffer.from(JSON.stringify(part)));
  }
  await table.put(COUNT, COUNT, Buffer.from(String(parts.length)));
};

const evaluationsOf = async (settings: Settings): Promise<EvaluationProblem[]> => {
  const { config } = settings;
  const { against } = config.decontamination;
  const found: EvaluationProblem[] = [];
  const sources = against.length > 0 ? sourcesOf(against, settings) : sourcesOf(config.evaluation, settings, 'test');
  for (const source of sources) {
    for await (const row of readProblems(source)) {
      if ('problem' in row) found.push({ evaluation: row.problem.source.dataset, statement: row.problem.statement });
    }
  }
  return found.map(shortened);
};

/** The same as a run would look for it, of a run that has not begun. */
export const contaminationOf = async (settings: Settings): Promise<FindContamination | null> =>
  finding(await evaluationsOf(settings));

/** Whether the run has been told which they are, if there are any. */
export const evaluationsAreKept = async (transport: Transport): Promise<boolean> =>
  (await transport.table('settings').get(COUNT, COUNT)) !== undefined;

/** Looks for what the run's kept evaluations share with a problem; null where it keeps none. */
export const keptContamination = async (transport: Transport): Promise<FindContamination | null> => {
  const table = transport.table('settings');
  const stored = await table.get(COUNT, COUNT);
  const found: EvaluationProblem[] = [];
  for (let index = 0; index < Number(stored && Buffer.from(stored).toString()); index++) {
    const part = await table.get(PREFIX + index, PREFIX + index);
    found.push(...(JSON.parse(Buffer.from(part as Uint8Array).toString()) as EvaluationProblem[]));
  }
  return finding(found);
};

const finding = (evaluations: readonly EvaluationProblem[]): FindContamination | null => {
  const { find, size } = contaminationIndex(evaluations);
  return size === 0 ? null : ({ statement }) => find(statement);
};

const COUNT = 'evaluations';
const PREFIX = 'evaluations/';

/** Far below what an entry of the table may have. */
const PART_LENGTH = 200_000;
const MOST_LETTERS = 50_000;

/** A statement beyond this length is looked for by its beginning. */
const shortened = ({ evaluation, statement }: EvaluationProblem): EvaluationProblem => ({
  evaluation,
  statement: statement.slice(0, MOST_LETTERS),
});

const partsOf = (problems: readonly EvaluationProblem[]): EvaluationProblem[][] => {
  const parts: EvaluationProblem[][] = [];
  let length = PART_LENGTH;
  for (const one of problems) {
    if (length >= PART_LENGTH) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(one);
    length += one.statement.length;
  }
  return parts;
};
