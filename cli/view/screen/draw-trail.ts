import type { Trail } from '../../../flow/status/problems/trail.ts';
import type { Attempt, Label, TeacherAttempt } from '../../../schemas/types.ts';
import { many, plainLine } from '../../text.ts';
import { cut } from './columns.ts';

const LONGEST = 160;

const votes = (label: Label | null): string =>
  label === null
    ? ''
    : `, ${label.votes} of ${many(label.of, 'sample')} of ${label.by} ${label.votes === 1 ? 'agrees' : 'agree'}`;

/** A problem's way as lines for a person; the texts cut, `--json` has them whole. */
export const drawTrail = (trail: Trail): string[] => {
  // A reference that was voted stands on what came of the problem, not on its row.
  const problem = trail.graded.at(-1)?.problem ?? trail.problems[0];
  const reference = problem?.answer ?? (problem?.tests ? 'tests' : '');
  return [
    `${trail.id}  ${trail.state}: ${plainLine(trail.why)}`,
    ...(problem
      ? [
          `problem    ${short(problem.statement)}`,
          `reference  ${short(reference)} (${problem.domain})${votes(problem.label)}`,
        ]
      : []),
    // A row is there twice where a run that came later had to be given it again.
    ...new Set(trail.problems.map(({ source }) => `from       ${source.dataset}, ${source.file}, row ${source.row}`)),
    ...new Set(
      trail.problems.flatMap(({ contamination }) =>
        contamination ? [`gives away a problem of ${contamination.evaluation}: ${short(contamination.text)}`] : [],
      ),
    ),
    ...[...trail.graded, ...trail.unverifiable].flatMap((graded) => [
      `student    ${graded.grade.student}: ${graded.grade.verdict}`,
      ...graded.attempts.map(attemptLine),
    ]),
    ...trail.scores.flatMap(({ score, scores }) => [
      `score      ${score === null ? 'none needed' : score.toFixed(4)}`,
      ...scores.map((one) => `  attempt ${one.sample}: ${one.score.toFixed(4)} ${overSteps(one.steps.length)}`),
    ]),
    ...trail.levels.map(({ level, grade }) => `level      ${level} (${grade.right} of ${grade.attempts} right)`),
    ...trail.admissions.map((admission) => `admitted   as number ${admission}`),
    ...[...trail.rejected, ...trail.cot].flatMap((tried) => [
      `teacher    ${tried.teacher}: ${'reason' in tried ? `rejected, ${tried.reason}` : 'verified'}`,
      ...tried.attempts.map(teacherLine),
    ]),
    ...trail.cot.map(({ answer }) => `answer     ${short(answer)}`),
    ...trail.outcomes.map(({ became, admission }) => `outcome    ${became} (admission ${admission})`),
    ...trail.deadLetters.map(
      ({ name, stage, code, message, attempt }) =>
        `dead       ${name}, ${stage}, attempt ${attempt}: ${code}: ${short(message)}`,
    ),
  ];
};

const overSteps = (steps: number): string => (steps === 0 ? 'for the whole' : `over ${many(steps, 'step')}`);

const attemptLine = ({ sample, verdict, reason, extracted, finish }: Attempt): string =>
  `  attempt ${sample}: ${verdict}, ${plainLine(reason)}; read ${short(extracted ?? 'nothing')}; finish ${finish}`;

const teacherLine = ({ sample, outcome, reason, completionTokens }: TeacherAttempt): string =>
  `  sample ${sample}: ${outcome}, ${plainLine(reason)}; ${many(completionTokens, 'token')}`;

const short = (text: string): string => cut(plainLine(text), LONGEST);
