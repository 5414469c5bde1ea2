import type { ChatReply } from '../../../llm/port.ts';
import { repeatedShare } from './repetition.ts';

/** What a verified answer must be like to become a record; what is left out is not asked for. */
export interface KeepSettings {
  /** Languages of the reasoning, as ISO 639-1 codes. */
  readonly languages?: readonly string[] | undefined;
  /** Largest share of the words that repeat a run of twenty words from before, in [0, 1]. */
  readonly maxRepeat?: number | undefined;
  /** Completion tokens, by the server's count. */
  readonly tokens?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  /** Texts that must not stand in it, whatever their case. */
  readonly without?: readonly string[] | undefined;
}

export interface FitnessSettings {
  readonly keep: KeepSettings;
  readonly reasoning: 'required' | 'optional';
}

/** Says why a verified answer is not kept, in one line; null where it is. */
export type Unfit = (reply: ChatReply) => Promise<string | null>;

/** Pieces of another language than this share of all leave a trace as it is: a quotation, a name. */
const FOREIGN_SHARE = 0.1;

export const fitness =
  ({ keep, reasoning: wanted }: FitnessSettings): Unfit =>
  async ({ reasoning, answer, usage }) => {
    if (wanted === 'required' && reasoning.trim() === '') return 'no reasoning';
    const { completionTokens: tokens } = usage;
    if (tokens < (keep.tokens?.min ?? 0)) return `${tokens} tokens, at least ${keep.tokens?.min} are wanted`;
    if (tokens > (keep.tokens?.max ?? Number.POSITIVE_INFINITY))
      return `${tokens} tokens, at most ${keep.tokens?.max} are wanted`;
    const text = `${reasoning}\n\n${answer}`;
    const lower = keep.without && text.toLowerCase();
    const unwanted = keep.without?.find((one) => lower?.includes(one.toLowerCase()));
    if (unwanted !== undefined) return `holds "${unwanted}"`;
    const repeated = keep.maxRepeat === undefined ? 0 : repeatedShare(text);
    if (repeated > (keep.maxRepeat ?? 1)) return `${Math.round(100 * repeated)} % of it repeats what came before`;
    return keep.languages ? foreign(text, keep.languages) : null;
  };

const foreign = async (text: string, wanted: readonly string[]): Promise<string | null> => {
  const { languagesOf } = await import('./languages.ts');
  const found = languagesOf(text);
  const all = [...found.values()].reduce((sum, one) => sum + one, 0);
  const others = [...found].filter(([language]) => !wanted.includes(language));
  const share = others.reduce((sum, [, one]) => sum + one, 0) / Math.max(1, all);
  if (share <= FOREIGN_SHARE) return null;
  return `${Math.round(100 * share)} % of it is written in ${others.map(([language]) => language).join(', ')}`;
};
