import type { TeacherSettings } from './teacher.ts';

/** How the rehearsal models answer, how fast, and what goes wrong. Every rate is a share of the requests. */
export interface RehearsalSettings {
  readonly seed: number;
  /** Port on loopback; 0 for any free one. */
  readonly port: number;
  /** Ability in [0, 1] by model name; any model that is not named here has `ability`. */
  readonly students: Readonly<Record<string, number>>;
  readonly ability: number;
  readonly teacher: TeacherSettings;
  readonly latency: Latency;
  readonly faults: Faults;
  readonly batch: BatchSettings;
  /** The key that must be sent; null takes any. */
  readonly apiKey: string | null;
  /** Longer prompts are refused with 400, by an estimate of four characters a token. */
  readonly contextTokens: number;
}

export interface Latency {
  /** Median milliseconds to an answer; single ones lie between half and one and a half times that. */
  readonly milliseconds: number;
  /** Share of the answers that take `tailMilliseconds` more. */
  readonly tailShare: number;
  readonly tailMilliseconds: number;
}

/** How batches go. */
export interface BatchSettings {
  /** From its making to its end. */
  readonly milliseconds: number;
  /** Share of the rows that expire, and that come to a 500. */
  readonly expired: number;
  readonly failed: number;
}

export interface Faults {
  /** 500. */
  readonly errors: number;
  /** The connection is reset before the answer. */
  readonly resets: number;
  /** A 200 whose body is no JSON. */
  readonly malformed: number;
  /** A 200 whose body is an error. */
  readonly errorBodies: number;
  /** A body that ends in the middle. */
  readonly cut: number;
  /** `finish_reason: length`, the text half its length. */
  readonly truncated: number;
  /** Blank lines before a plain answer, comments before a streamed one. */
  readonly keepAlives: number;
  /** No answer ever. */
  readonly hangs: number;
  /** 429 above so many in flight; null for no limit. */
  readonly shedAbove: number | null;
  /** Sent with a 429; null for none. */
  readonly retryAfterSeconds: number | null;
  /** Times, in milliseconds since the first request, within which nothing is answered until the end of it. */
  readonly stalls: readonly Spell[];
  /** The same, with every latency multiplied by `factor`. */
  readonly slow: readonly (Spell & { readonly factor: number })[];
}

export interface Spell {
  readonly from: number;
  readonly to: number;
}

const rehearsalDefaults: RehearsalSettings = {
  seed: 1,
  port: 0,
  students: {},
  ability: 0.5,
  teacher: { failureRate: 0.1, hopelessRate: 0 },
  latency: { milliseconds: 0, tailShare: 0, tailMilliseconds: 0 },
  faults: {
    errors: 0,
    resets: 0,
    malformed: 0,
    errorBodies: 0,
    cut: 0,
    truncated: 0,
    keepAlives: 0,
    hangs: 0,
    shedAbove: null,
    retryAfterSeconds: null,
    stalls: [],
    slow: [],
  },
  batch: { milliseconds: 200, expired: 0, failed: 0 },
  apiKey: null,
  contextTokens: 1_000_000,
};

/** Settings with some of them changed; `teacher`, `latency` and `faults` are merged field by field. */
export type RehearsalChanges = Partial<Omit<RehearsalSettings, 'teacher' | 'latency' | 'faults' | 'batch'>> & {
  readonly batch?: Partial<BatchSettings>;
  readonly teacher?: Partial<TeacherSettings>;
  readonly latency?: Partial<Latency>;
  readonly faults?: Partial<Faults>;
};

export const withDefaults = (changes: RehearsalChanges): RehearsalSettings => ({
  ...rehearsalDefaults,
  ...changes,
  teacher: { ...rehearsalDefaults.teacher, ...changes.teacher },
  latency: { ...rehearsalDefaults.latency, ...changes.latency },
  faults: { ...rehearsalDefaults.faults, ...changes.faults },
  batch: { ...rehearsalDefaults.batch, ...changes.batch },
});
