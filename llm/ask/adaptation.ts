/** What a server does not take of a request's body, learnt from its refusals and remembered for the run. */
export interface Adaptation {
  /** The body as this server takes it, as far as is known. */
  applied(body: Body): Body;
  /**
   * Whether a refusal teaches something about the body that was sent: then it is worth sending `applied` of it once
   * more. `say` is told in words what was learnt, once.
   */
  learns(error: unknown, sent: Body, say: (what: string) => void): boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** A field that a model can do without, as a refusal may name it, and what is left out then. */
type Optional = readonly [names: RegExp, fields: readonly string[]];

const optional: readonly Optional[] = [
  [/^temperature$/, ['temperature']],
  [/^top_p$/, ['top_p']],
  [/^seed$/, ['seed']],
  [/^stream_options$/, ['stream_options']],
  [/^stream(?:ing)?$/, ['stream', 'stream_options']],
  [/^task$/, ['task']],
];

/** Servers differ in how many alternatives they give: whatever is said against these, a judge can do without them. */
const probabilities: Optional = [/^(?:top_)?logprobs$|^top_n_tokens$/, ['logprobs', 'top_logprobs']];

/** How servers say that they do not know a field, or take no value for it; not that a value is out of its range. */
const refusing = new RegExp(
  [
    ...['unsupported', 'unknown', 'unrecogni', 'unexpected', 'forbidden', 'deprecated', 'extra (?:inputs|fields)'],
    '(?:not|n.t|no longer) (?:be )?(?:support|permitted|allowed|available|enabled|accept|compatible|valid|implemented)',
    'invalid (?:parameter|argument|field)|only the default|only [\\d.]+ is|must be [\\d.]+(?![\\d.]| (?:or|and|to)\\b)',
    '(?:cannot|must not) (?:both )?be (?:set|used|specified|sent)|(?:must|should) be (?:omitted|removed|left out|unset)',
    'remove |instead of|use only one|must be verified to stream',
  ].join('|'),
  'i',
);

/** What each server of a model does not take, by its URL. */
export type Adaptations = (baseUrl: string) => Adaptation;

/** @param kept fields that the user wrote: they stay, whatever the server says */
export const adaptations = (kept?: Body): Adaptations => {
  const known = new Map<string, Adaptation>();
  return (baseUrl) => {
    const one = known.get(baseUrl) ?? adaptation(kept);
    known.set(baseUrl, one);
    return one;
  };
};

/** @param kept fields that the user wrote: they stay, whatever the server says */
export const adaptation = (kept: Body = {}): Adaptation => {
  const dropped = new Set<string>();
  let renamed = false;
  /** Some let nobody ask for fewer tokens. */
  let fewest = 0;

  const applied = (body: Body): Body => {
    if (dropped.size === 0 && !renamed && fewest === 0) return body;
    const fields = Object.entries(body).filter(([name]) => !dropped.has(name));
    return Object.fromEntries(
      fields.map(([name, value]) => [
        renamed && name === 'max_tokens' ? 'max_completion_tokens' : name,
        isTooFew(name, value) ? fewest : value,
      ]),
    );
  };

  const isTooFew = (name: string, value: unknown): boolean =>
    name === 'max_tokens' && !(name in kept) && typeof value === 'number' && value < fewest;

  const learn = (text: string, sent: Body, say: (what: string) => void): void => {
    if (refusing.test(text) && text.includes('max_completion_tokens') && isOurs('max_tokens', sent) && !renamed) {
      renamed = true;
      say('sends max_completion_tokens: it takes no max_tokens');
    }
    const least = Number(tooFew.exec(text)?.[1] ?? 0);
    if (isOurs('max_tokens', sent) && Number(sent.max_tokens) < least) {
      fewest = least;
      say(`asks for ${least} tokens at least: it takes no fewer`);
    }
    const named = namesIn(text);
    for (const [names, fields] of refusing.test(text) ? [...optional, probabilities] : [probabilities]) {
      const ours = fields.filter((name) => isOurs(name, sent));
      const isMeant = named.some((name) => names.test(name)) || (fields === probabilities[1] && unrouted.test(text));
      if (ours.length === 0 || !isMeant) continue;
      for (const name of ours) dropped.add(name);
      say(`leaves out ${ours.join(' and ')}: it takes none`);
    }
  };

  const isOurs = (name: string, sent: Body): boolean => name in sent && !(name in kept);

  return {
    applied,
    learns(error, sent, say) {
      const text = refusalIn(error);
      if (text === null) return false;
      const before = { renamed, fewest, dropped: dropped.size };
      learn(text, sent, say);
      // Another call may have learnt it while this one was on its way.
      const { size } = dropped;
      return before.renamed !== renamed || before.fewest !== fewest || before.dropped !== size || isOutdated(sent);
    },
  };

  function isOutdated(sent: Body): boolean {
    return (
      (renamed && 'max_tokens' in sent) ||
      isTooFew('max_tokens', sent.max_tokens) ||
      [...dropped].some((name) => name in sent)
    );
  }
};

/** The names that stand in a text, as servers write them. */
const namesIn = (text: string): readonly string[] => text.toLowerCase().split(/[^a-z_]+/);

/** OpenAI’s words for fewer tokens than it gives (a judge asks for one); what was set aside may be passed by less than 100. */
const tooFew = /max_(?:output_|completion_)?tokens\b.{0,60}(?:>=|at least|minimum)\D{0,20}(\d{1,2})\b/is;

/** OpenRouter's where none of its providers takes all that was sent. */
const unrouted = /no endpoints found that (?:can handle|support) the requested parameters/i;

/** The words of a 400 or 422, as far as they are looked at; null for anything else. */
const refusalIn = (error: unknown): string | null => {
  const { status, message, error: body } = error as { status?: unknown; message?: unknown; error?: unknown };
  const isMeant = status === 400 || status === 422 || (status === 404 && unrouted.test(String(message)));
  if (!isMeant) return null;
  return `${String(message)} ${JSON.stringify(body ?? '')}`.slice(0, 4_000);
};
