/** One of several servers of a model; what it does not say is as for all. */
export interface ServerSettings {
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How much of the load it takes beside the others, as long as all have room. Default 1. */
  readonly weight?: number | undefined;
  /** Most calls in flight at once; the limiter stays at or below it. */
  readonly concurrency?: number | undefined;
  /** Requests and tokens that it takes in a minute, by its owner's word. */
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  /** Where its engine says how busy it is: `/metrics` of vLLM, SGLang or llama.cpp. */
  readonly metricsUrl?: string | undefined;
}

/** Where a model is served and how much of it may be used at once. */
export interface EndpointSettings {
  /** Several servers of the model, in the place of the one at `baseUrl`. */
  readonly endpoints?: readonly ServerSettings[] | undefined;
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
  /** Requests and tokens that it takes in a minute, by its owner's word. */
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  /** Where its engine says how busy it is: `/metrics` of vLLM, SGLang or llama.cpp. */
  readonly metricsUrl?: string | undefined;
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

/** A server with settings of its own, and the name that tells it from others of the model; null where there are none. */
export type NamedServer = EndpointSettings & { readonly name: string | null; readonly weight: number };

/** Each server of a model. They are named by their hosts, with a number where two are alike. */
export const serversOf = ({ endpoints, ...common }: EndpointSettings): NamedServer[] => {
  if (endpoints === undefined) return [{ ...common, name: null, weight: 1 }];
  const hosts = endpoints.map(({ baseUrl }) => URL.parse(baseUrl)?.host ?? baseUrl);
  return endpoints.map((server, index) => ({
    ...common,
    ...server,
    apiKey: server.apiKey ?? common.apiKey,
    headers: server.headers ?? common.headers,
    concurrency: server.concurrency ?? common.concurrency,
    rpm: server.rpm ?? common.rpm,
    tpm: server.tpm ?? common.tpm,
    metricsUrl: server.metricsUrl,
    weight: server.weight ?? 1,
    name: nameIn(hosts, index),
  }));
};

const nameIn = (hosts: readonly string[], index: number): string => {
  const host = hosts[index] as string;
  const alike = hosts.flatMap((other, at) => (other === host ? [at] : []));
  return alike.length === 1 ? host : `${host}#${alike.indexOf(index) + 1}`;
};

/** How many calls all servers of a model take at once. */
export const atOnceOf = (settings: EndpointSettings): number =>
  serversOf(settings).reduce((sum, { concurrency }) => sum + concurrency, 0);
