import type { z } from 'zod';
import type { ChatModel, PostJson } from '../llm/port.ts';
import type { Problem } from '../schemas/types.ts';
import type { Convention, Reference, Verify } from '../verifiers/port.ts';

/** What a problem is made of, by the names that the `fields` setting uses. */
export const draftFields = [
  'statement',
  'answer',
  'domain',
  'choices',
  'language',
  'prompt',
  'tests',
  'solution',
  'id',
  'level',
  'subject',
  'licence',
] as const;

export type DraftField = (typeof draftFields)[number];

/** A row's values by their meaning, still as they were found: not trusted, not checked. */
export type Draft = Readonly<Partial<Record<DraftField, unknown>>>;

/** What a domain reads from a row, beside the statement. `tests` is part of what makes the problem, the answer is not. */
export type Body = Pick<Problem, 'answer' | 'choices' | 'language' | 'prompt' | 'tests'>;

/** What has no answer, choices, language, prompt and tests. */
export const emptyBody: Body = { answer: null, choices: [], language: null, prompt: null, tests: null };

/** A field of problems that is judged in one way: all that the rest of the system has to know of it. */
export interface Domain {
  /** What problems name it by. */
  readonly name: string;
  /** Its reference, from a row. Throws a RowFault that names the field and what is wanted. */
  readonly read: (draft: Draft) => Body;
  /** The user turn where the configuration gives none; {statement}, {choices}, {language} and {prompt} are replaced. */
  readonly prompt: string;
  /** A problem's reference as the verifier takes it. Throws where it has none: a dead letter. */
  readonly reference: (problem: Problem) => Reference;
  /** Why no answer can be compared with a reference, in one line; null where answers can. Nobody is asked then. */
  readonly unreadable?: (reference: Reference) => string | null;
  /** How a reference is found where a row has none; left out where only the row can say it. */
  readonly voting?: Voting;
  /** Whether its judgements hold a share of tests passed, which a scorer of kind `tests` takes. */
  readonly hasTests: boolean;
  /** What trainers call it. Default: its name. */
  readonly ability?: string;
  /** Opens its verifier, once a process. Rejects with what is missing here. */
  readonly open: (host: Host) => Verifier | Promise<Verifier>;
}

/** What it takes to have answers of a model vote for a reference. */
export interface Voting {
  /** The problem without its answer, from a row. Throws a RowFault. */
  readonly read: (draft: Draft) => Body;
  /** What a turn answers, as a reference; null where it answers nothing that could be one. */
  readonly answer: (
    problem: Problem,
    response: string,
    accept: readonly Convention[],
  ) => string | null | Promise<string | null>;
}

export interface Verifier {
  readonly verify: Verify;
  /** What this machine lacks for answers to such a problem, in one line; null where nothing. */
  readonly lacks?: (reference: Reference) => Promise<string | null>;
  close(): Promise<void>;
}

/** What a verifier may use of the process that it runs in. */
export interface Host {
  /** What relative paths are relative to. */
  readonly folder: string;
  /** Opens the way to a server of the user's: limiter, retries and circuit breaker are those of models. */
  readonly server: (settings: ServerSettings) => { readonly post: PostJson; close(): Promise<void> };
  /** Opens a model that judges: behind the journal and under the ceilings of the run, where there is one. */
  readonly chat: (settings: JudgeSettings) => { readonly ask: ChatModel; close(): Promise<void> };
}

export interface JudgeSettings {
  readonly baseUrl: string;
  readonly model: string;
  readonly revision: string;
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Most calls in flight. */
  readonly concurrency: number;
  readonly price?: { readonly input: number; readonly output: number } | undefined;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly extraBody: Readonly<Record<string, unknown>>;
}

export interface ServerSettings {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Most requests at once. */
  readonly concurrency: number;
  /** For one request, from sending to the whole answer. */
  readonly timeoutSeconds: number;
}

/** A way of judging that the settings may name: `domains: { NAME: { kind: … } }`. */
export interface Kind {
  readonly kind: string;
  readonly settings: z.ZodObject;
  /** Whether there is a domain of this name without the settings saying so. */
  readonly isBuiltIn: boolean;
  /** The same without a thread of its own, for that thread. */
  readonly here?: Kind;
  /**
   * @param given what its settings say, defaults left out or in
   * @param others makes a domain of another kind, for one that rests on it
   */
  readonly domain: (name: string, given: object, others: MakeDomain) => Domain;
}

/** Throws a DomainFault where the settings are none of a kind. */
export type MakeDomain = (name: string, given: { readonly kind: string }) => Domain;

export const kind = <Settings extends z.ZodObject>(
  name: string,
  settings: Settings,
  domain: (name: string, settings: z.output<Settings>, others: MakeDomain) => Domain,
): Kind => ({
  kind: name,
  settings,
  isBuiltIn: false,
  domain: (own, given, others) => domain(own, settings.parse(given), others),
});

/** A kind that needs no settings, and is a domain of its own name. */
export const builtIn = (one: Kind): Kind => ({ ...one, isBuiltIn: true });

/** Every domain of a run, by its name. */
export type Domains = ReadonlyMap<string, Domain>;
