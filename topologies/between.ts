import type { Step } from '../runtime/topology.ts';
import type { Admitted, Graded, Problem, Scored } from '../schemas/types.ts';

/** What stands between a topic and the stage that reads it: a record of the same type, about the same problem. */
export interface Between {
  readonly problems?: Before<Problem> | undefined;
  readonly graded?: Before<Graded> | undefined;
  readonly scored?: Before<Scored> | undefined;
  readonly admitted?: Before<Admitted> | undefined;
}

type Before<Input> = (record: Input, signal: AbortSignal) => Promise<Input>;

/** The step on what is made of its input before; the step itself where nothing is. */
export const behind = <Input, Ports extends object>(
  before: Before<Input> | undefined,
  step: Step<Input, Ports>,
): Step<Input, Ports> =>
  before ? async (record, signal, ended) => step(await before(record, signal), signal, ended) : step;
