import { isOutOfBudget } from '../../llm/errors.ts';
import type { Models } from './open-models.ts';

/** What happens when the student's or the scorer's money ends: nothing new is begun, what is in flight is finished. */
export interface EndOfMoney {
  /** Aborts with the budget's error. */
  readonly signal: AbortSignal;
  /** The same models; a refusal of the budget leaves the record open, for a start with more money. */
  readonly models: Models;
  /** The same of anything else that may cost money while answers are graded: a verifier that asks a model. */
  readonly leavingOpen: LeavingOpen;
}

type LeavingOpen = <Request, Reply>(
  ask: (request: Request, signal: AbortSignal) => Promise<Reply>,
) => (request: Request, signal: AbortSignal) => Promise<Reply>;

/** The teacher's refusals are no matter of this: the processor gives the admission back. */
export const watchMoney = (models: Models): EndOfMoney => {
  const ended = new AbortController();
  const leavingOpen: LeavingOpen = (ask) => async (request, signal) => {
    try {
      return await ask(request, signal);
    } catch (error) {
      if (!isOutOfBudget(error)) throw error;
      ended.abort(error);
      models.drain();
      throw Object.assign(new Error('the money has ended', { cause: error }), { code: 'budget', disposition: 'retry' });
    }
  };
  return {
    signal: ended.signal,
    leavingOpen,
    models: {
      ...models,
      student: models.student && leavingOpen(models.student),
      voter: models.voter && leavingOpen(models.voter),
      scorer: (domain) => {
        const scorer = models.scorer(domain);
        return scorer.kind === 'model' ? { ...scorer, score: leavingOpen(scorer.score) } : scorer;
      },
    },
  };
};
