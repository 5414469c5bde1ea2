/** Where a model is served and how much of it may be used at once. */
export interface EndpointSettings {
  /** What stands before `/chat/completions`, `/pooling` and `/models`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Tells weights apart that are served under the same name. */
  readonly revision?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Sent with every request beside our own, or in their place (Azure's `api-key`). */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Further texts that no message may hold, such as a token in `extraBody`. */
  readonly secrets?: readonly string[] | undefined;
  /** Most calls in flight at once; the limiter stays at or below it. */
  readonly concurrency: number;
  /** Seconds without a byte after which a streamed answer counts as hung; a plain one is given longer. Default 120. */
  readonly idleTimeoutSeconds?: number | undefined;
  readonly price?: Price | undefined;
  /** Under which name the budget keeps it, where two roles use one model. Default: the model. */
  readonly account?: string | undefined;
}

/** Cost of a million tokens, in whatever currency the budget is in. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of prompt tokens that the endpoint had kept; default: as input. */
  readonly cached?: number | undefined;
}

/** What shapes a chat model's answer, beside its messages. All of it is part of the journal's key. */
export interface ChatSettings {
  readonly model: string;
  readonly revision?: string | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly maxTokens: number;
  /** Sample i is asked for with seed + i. Without it no seed is sent. */
  readonly seed?: number | undefined;
  /** What the answer begins with, as if the model had written it (`<think>\n`); part of the answer. */
  readonly prefill?: string | undefined;
  /** Asked for in the server's own words, where they are known. */
  readonly thinking?: { readonly tokens?: number | undefined; readonly effort?: string | undefined } | undefined;
  /** Tells which server's words to use; no part of the journal's key. */
  readonly baseUrl?: string | undefined;
  /** Takes the thinking for the answer where a server puts all of it there; it is read so, not asked so. */
  readonly answersInThinking?: boolean | undefined;
  /** Merged into the request's body last; a null takes a field out. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** The texts that nothing may show. */
export const secretsOf = ({ apiKey, headers = {}, secrets = [] }: EndpointSettings): (string | undefined)[] => [
  apiKey,
  ...Object.values(headers),
  ...secrets,
];
