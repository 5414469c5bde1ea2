import { atOnceOf } from '../../llm/settings.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import { type Evaluated, evaluate } from '../evaluation/evaluated.ts';
import { addReuse } from '../evaluation/reuse.ts';
import { holdEvaluation } from '../plan/stored-settings.ts';
import { openRecorded } from '../recorded/open-recorded.ts';
import type { Settings } from '../settings/settings.ts';
import { watchMoney } from '../wiring/end-of-money.ts';
import { openModels } from '../wiring/open-models.ts';
import { openVerifiers } from '../wiring/open-verifiers.ts';
import type { OwnModels } from '../wiring/own-models.ts';
import { keepUsage, type ModelsAtWork, usageBefore } from '../wiring/usage/usage-kept.ts';
import { tellOfWeights } from '../wiring/weights.ts';

export interface EvaluateOptions {
  readonly stopping: AbortSignal;
  readonly aborted: AbortSignal;
  /** Functions in place of endpoints. */
  readonly models?: OwnModels;
  readonly observe?: (event: RuntimeEvent) => void;
  readonly tell?: (message: string) => void;
  /** Whoever watches gets to look from here on, until `ending` resolves. */
  readonly began?: (asked: ModelsAtWork) => void;
  readonly ending?: () => Promise<void>;
}

/** `stopped`: before the end, by a signal, or because the money ended, which then says so. */
export type EvaluationEnd =
  | { readonly evaluated: Evaluated }
  | { readonly stopped: true; readonly outOfMoney: string | null };

/** Lets the student answer the evaluation set and freezes what it shows with the run; goes on where it stopped. */
export const evaluateRun = async (
  settings: Settings,
  transport: Transport,
  options: EvaluateOptions,
): Promise<EvaluationEnd> => {
  const { config } = settings;
  await holdEvaluation(transport, config, settings.secrets);
  const opened = await openModels(settings, transport, await usageBefore(transport), {
    own: options.models,
    recorded: { student: await openRecorded('student', settings, options.tell ?? (() => {}), options.aborted) },
  });
  const verifiers = openVerifiers(settings.domains, { ...settings, models: opened });
  const kept = keepUsage(transport, opened);
  const before = opened.usage().student;
  const money = watchMoney(opened);
  options.stopping.addEventListener('abort', opened.drain, { once: true });
  const looking = tellOfWeights(settings, transport, { ...options, roles: ['student'] });
  options.began?.({ models: opened, usage: kept.ofRun });
  try {
    const found = await evaluate(
      settings,
      transport,
      { settings, models: money.models, verifiers, judging: money.leavingOpen(verifiers.verify) },
      {
        deadLetters: {
          topic: 'dead-letter',
          encode: (letter) => codecs.deadLetter.encode({ run: config.run, origin: null, ...letter }),
        },
        inHand: () => 2 * atOnceOf(config.student),
        ...(options.observe && { observe: options.observe }),
        stopping: AbortSignal.any([options.stopping, money.signal]),
        aborted: options.aborted,
      },
    );
    if (found !== 'stopped') return { evaluated: found };
    return { stopped: true, outOfMoney: money.signal.aborted ? (money.signal.reason as Error).message : null };
  } finally {
    const after = opened.usage().student;
    await addReuse(transport, {
      asked: (after?.requests ?? 0) - (before?.requests ?? 0),
      journaled: (after?.journalHits ?? 0) - (before?.journalHits ?? 0),
    });
    await looking;
    await options.ending?.();
    await kept.stop();
    await opened.close();
    await verifiers.close();
  }
};
