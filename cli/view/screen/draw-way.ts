import type { Way } from '../../../flow/status/way-of-all.ts';
import type { Attempt } from '../../../schemas/types.ts';
import { many, plainLine } from '../../text.ts';
import { cut } from './columns.ts';

const LONGEST = 300;

/** A problem with what both models made of it, as lines for a person; the ends of long texts are left out. */
export const drawWay = ({ problem, graded, levelled, taught }: Way): string[] => {
  const { dataset, file, row } = problem.source;
  const level = levelled ? levelled.level : 'no level';
  const score = levelled?.score == null ? '' : `, score ${levelled.score.toFixed(2)}`;
  return [
    `${level}${score}  ${dataset}, ${file}, row ${row}  ${problem.id}`,
    `  problem    ${short(problem.statement)}`,
    `  reference  ${short(problem.answer ?? (problem.tests ? 'tests' : 'none'))}`,
    ...graded.attempts.flatMap((attempt) => [
      `  student    ${attempt.verdict}${howItEnded(attempt)}, ${many(attempt.completionTokens, 'token')}`,
      `             ${short(attempt.answer || attempt.reasoning || 'nothing')}`,
    ]),
    ...teacherLines(taught),
  ];
};

const howItEnded = ({ finish, answer }: Attempt): string => {
  if (finish === 'length') return ' (cut off)';
  return answer.trim() === '' ? ' (empty)' : '';
};

const teacherLines = (taught: Way['taught']): string[] => {
  if (!taught) return ['  teacher    was not asked'];
  if ('reason' in taught) {
    const last = taught.attempts.at(-1);
    return [
      `  teacher    rejected: ${taught.reason}${last ? `, ${plainLine(last.reason)}` : ''}`,
      ...(last ? [`             ${short(last.answer || last.reasoning || 'nothing')}`] : []),
    ];
  }
  const tokens = taught.attempts.find(({ outcome }) => outcome === 'verified')?.completionTokens ?? 0;
  return [
    `  teacher    verified, ${many(tokens, 'token')}`,
    ...(taught.reasoning.trim() === '' ? [] : [`  reasoning  ${short(taught.reasoning)}`]),
    `  answer     ${short(taught.answer)}`,
  ];
};

const short = (text: string): string => cut(plainLine(text.slice(0, 4 * LONGEST)), LONGEST);
