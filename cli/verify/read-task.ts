import type { Line } from '../../datasets/in/bytes/open-line.ts';
import { splitLines } from '../../datasets/in/bytes/split-lines.ts';
import { columnsOf } from '../../datasets/in/draft.ts';
import { parseObject } from '../../datasets/in/json/parse-object.ts';
import { toProblem } from '../../datasets/in/to-problem.ts';
import { generic } from '../../datasets/presets/generic.ts';
import type { Domains } from '../../domains/port.ts';
import { referenceOf } from '../../flow/wiring/open-verifiers.ts';
import { splitReasoning } from '../../llm/http/answers/reasoning.ts';
import type { Task } from '../../verifiers/port.ts';

/** One line of `sluice verify`: a task, or why there is none. */
export type Asked = {
  readonly id: string | null;
  readonly line: number;
  /** What people say of it, for a calibration. */
  readonly label: Label;
} & ({ readonly task: Task } | { readonly fault: string });

export type Label = 'right' | 'wrong' | null;

export interface ReadHow {
  readonly domains: Domains;
  /** The domain of lines that name none. */
  readonly kind: string | undefined;
}

/** Of one task. */
export const MOST_BYTES = 64 * 2 ** 20;
const NO_STATEMENT = '(none)';

/** The tasks of JSON lines, in order; blank lines are passed over, a line that cannot be read is a value of its own. */
export async function* readTasks(bytes: AsyncIterable<Buffer>, how: ReadHow): AsyncGenerator<Asked> {
  for await (const lines of splitLines(bytes, MOST_BYTES)) {
    for (const line of lines) if (line.overlong || !isBlank(line.bytes)) yield readTask(line, how);
  }
}

/** One task, or why it is none. */
export const readTask = ({ line, bytes, overlong }: Line, how: ReadHow): Asked =>
  overlong
    ? { id: null, label: null, line, fault: `is ${overlong.length} bytes long; shorten it.` }
    : readLine(bytes, line, how);

const isBlank = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === '';

const readLine = (bytes: Buffer, line: number, how: ReadHow): Asked => {
  let id: string | null = null;
  let label: Label = null;
  try {
    const value = parseObject(bytes);
    id = idOf(value);
    label = labelOf(value);
    return { id: id ?? problemIdOf(value, how, line), label, line, task: taskOf(value, how, line) };
  } catch (error) {
    return { id, label, line, fault: error instanceof Error ? error.message : String(error) };
  }
};

const idOf = ({ id }: Record<string, unknown>): string | null =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : null;

const labelOf = ({ label }: Record<string, unknown>): Label => {
  if (label === 'right' || label === true) return 'right';
  return label === 'wrong' || label === false ? 'wrong' : null;
};

/** Where a problem is whole, it has the id that it has in a run. */
const problemIdOf = (value: Record<string, unknown>, how: ReadHow, line: number): string | null =>
  typeof value.statement === 'string' ? problemOf(value, how, line).id : null;

/** A problem's row with one more field, `response`. Throws with the field that is wrong and what is wanted. */
const taskOf = (value: Record<string, unknown>, how: ReadHow, line: number): Task => {
  if (typeof value.response !== 'string') throw new Error("response is not there; a model's whole text is wanted.");
  if (value.reference !== undefined && value.answer === undefined)
    throw new Error('reference is no field of a line: it stands under `answer`, and its domain under `domain`.');
  const reference = referenceOf(how.domains)(problemOf(value, how, line));
  return { reference, response: splitReasoning({ content: value.response }).answer };
};

const columns = columnsOf(generic.fields, []);

const problemOf = (value: Record<string, unknown>, how: ReadHow, line: number) =>
  toProblem(
    {
      row: line - 1,
      line,
      original: null,
      value: {
        ...value,
        statement: value.statement ?? NO_STATEMENT,
        ...(how.kind && value.domain === undefined && { domain: how.kind }),
      },
    },
    { preset: generic, columns, domains: how.domains, domain: null, dataset: 'stdin', file: 'stdin', licence: null },
  );
