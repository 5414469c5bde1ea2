import { hash } from 'node:crypto';
import type { Problem } from '../../schemas/types.ts';
import { plain } from '../problem-id.ts';

type Content = Pick<Problem, 'statement' | 'choices' | 'tests'>;

/** Under what a row's answers are kept, if it tells what they are about. */
export interface About {
  /** What the row can be read as, with its choices and tests where it has any. */
  readonly content: Content | null;
  /** Its id of the problem, where it does not say the problem itself. */
  readonly id: string | null;
}

/**
 * The key of a row's answers, 16 bytes: of statement, choices and tests where the row has them, of the statement alone
 * where it has no more, of the id where it has no statement. The domain does not count: a file of answers may not know it.
 */
export const keyOfRow = ({ content, id }: About): Uint8Array | null => {
  if (content) return isWhole(content) ? wholeKey(content) : statementKey(content);
  return id === null ? null : idKey(id);
};

/** The keys under which answers to a problem may be kept, the most telling first. */
export const keysOfProblem = (problem: Problem): readonly Uint8Array[] => [
  ...(isWhole(problem) ? [wholeKey(problem)] : []),
  statementKey(problem),
  idKey(problem.id),
  ...(problem.source.id === null ? [] : [idKey(problem.source.id)]),
];

const isWhole = ({ choices, tests }: Content): boolean => choices.length > 0 || tests !== null;

const wholeKey = ({ statement, choices, tests }: Content) =>
  keyOf('whole', plain(statement), choices.map(plain), tests);

const statementKey = ({ statement }: Content) => keyOf('statement', plain(statement));

const idKey = (id: string) => keyOf('id', id);

const keyOf = (...values: readonly unknown[]): Uint8Array =>
  hash('sha256', JSON.stringify(values), 'buffer').subarray(0, 16);
