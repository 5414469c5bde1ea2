/** Why a grader gave no verdict on a task: a dead letter of that task, and of no other. */
export class GraderFault extends Error {
  override readonly name = 'GraderFault';
  readonly code: 'grader-timeout' | 'grader-died' | 'grader-garbage';
  readonly disposition = 'dead-letter';

  constructor(code: GraderFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One answer of a grader, as it came: not trusted, not checked. */
export type Answer = Readonly<Record<string, unknown>>;
