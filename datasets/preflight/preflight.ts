import type { Message } from '../out/exporters/canonical.ts';
import type { Inspected } from './inspect-record.ts';
import type { Inspector } from './inspector.ts';
import { type TrainerLimit, trainerLimits } from './trainer-limits.ts';

/** What a trainer would make of an export, told before the training is paid for. */
export interface Preflight {
  readonly records: number;
  /** Tokens of a whole conversation. */
  readonly tokens: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
  /** Records with thinking; those in which it survives the template; those with a doubled opening tag. */
  readonly thinking: { readonly written: number; readonly survives: number; readonly doubled: number };
  /** Records of which no token would be learnt: nothing follows the prompt. */
  readonly emptyMask: number;
  readonly shifted: number;
  readonly limits: readonly OverLimit[];
  /** In words, what to do about it; empty: nothing. */
  readonly warnings: readonly string[];
}

export interface OverLimit extends TrainerLimit {
  /** Records longer than the limit. */
  readonly over: number;
  /** Records whose prompt alone fills the limit, so that a cut leaves nothing to learn. */
  readonly unlearnable: number;
}

export interface PreflightSettings {
  readonly inspector: Pick<Inspector, 'inspect' | 'template'>;
  /** The length that the trainer will be given, in tokens; without it, its own defaults alone are looked at. */
  readonly maxLength?: number;
}

/**
 * Renders each record through the student's own chat template and counts it with its tokenizer. Holds three numbers
 * a record. Throws a DataError where the template fails on a record.
 */
export const preflight = async (
  conversations: AsyncIterable<readonly Message[]>,
  { inspector, maxLength }: PreflightSettings,
): Promise<Preflight> => {
  const inspected: Inspected[] = [];
  for await (const batch of batches(conversations)) inspected.push(...(await inspector.inspect(batch)));
  const own: TrainerLimit[] =
    maxLength === undefined
      ? []
      : [{ trainer: 'Your trainer', option: 'the given length', length: maxLength, effect: 'cut' }];
  const limits = [...own, ...trainerLimits].map((limit) => overLimit(inspected, limit));
  const counted = { ...countsOf(inspected), limits };
  return { ...counted, warnings: warningsOf(counted, inspector.template) };
};

/** Conversations that are rendered in one go. */
const BATCH = 50;

async function* batches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type Counted = Omit<Preflight, 'warnings'>;

const countsOf = (all: readonly Inspected[]): Omit<Counted, 'limits'> => {
  const number = (test: (one: Inspected) => boolean) => all.filter(test).length;
  const lengths = all.map(({ tokens }) => tokens).sort((a, b) => a - b);
  const quantile = (share: number) => lengths[Math.max(0, Math.ceil(share * lengths.length) - 1)] ?? 0;
  return {
    records: all.length,
    tokens: { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), max: quantile(1) },
    thinking: {
      written: number(({ thinking }) => thinking !== 'none'),
      survives: number(({ thinking }) => thinking === 'survives'),
      doubled: number(({ doubled }) => doubled),
    },
    emptyMask: number(({ tokens, promptTokens }) => tokens <= promptTokens),
    shifted: number(({ shifted }) => shifted),
  };
};

const overLimit = (all: readonly Inspected[], limit: TrainerLimit): OverLimit => ({
  ...limit,
  over: all.filter(({ tokens }) => tokens > limit.length).length,
  unlearnable: all.filter(({ promptTokens }) => promptTokens >= limit.length).length,
});

const warningsOf = (counted: Counted, template: string): string[] => {
  const { records, thinking, emptyMask, shifted, limits } = counted;
  const lost = thinking.written - thinking.survives;
  const say = (number: number, what: string) => (number > 0 ? [`${number} of ${records} records: ${what}`] : []);
  return [
    ...say(lost, 'the chat template drops the thinking; train with a template that keeps it.'),
    ...say(
      thinking.doubled,
      'the chat template writes <think> where the record has one already; use another template.',
    ),
    ...say(emptyMask, 'nothing follows the prompt, so there is nothing to learn; check the chat template.'),
    ...say(
      shifted,
      'the conversation does not begin as the prompt does; train on whole messages, not prompt-completion.',
    ),
    ...limits.flatMap((limit) => say(limit.over, limitText(limit, counted.tokens.max))),
    ...(template.includes('generation %}') || template.includes('generation -%}')
      ? []
      : ["The template has no {% generation %} mark: TRL's assistant_only_loss has to bring a template of its own."]),
  ];
};

const limitText = ({ trainer, option, length, effect, unlearnable }: OverLimit, max: number): string =>
  `longer than ${length} tokens and would be ${effect} by ${trainer} (${option}); the longest needs ${max}.` +
  (unlearnable > 0 ? ` Of ${unlearnable} the prompt alone fills it.` : '');
