import type { Answer, Connection } from '../../../llm/http/connect/connection.ts';
import { asPlain, asPooled } from '../../helpers/models/model-replies.ts';
import type { Life } from './cluster.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One request as the server saw it. */
export interface Sent {
  readonly model: string;
  readonly key: string;
  readonly life: Life;
  readonly body: RequestBody;
  /** Tokens that it may have to be paid for, at most; what it took once it has ended. */
  tokens: number;
  /** What a careful caller has to count for it: all of it where it does not know. */
  counted: number;
  open: boolean;
}

/** What a model says to a request, whoever asks and however often. */
export interface Said {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'content_filter';
}

/** The three models behind one server that outlives the processes. It answers by the request alone. */
export interface ModelServer {
  readonly sent: readonly Sent[];
  /** Every call is refused: a wrong setting. */
  refuses: boolean;
  connect(model: string, life: Life): Connection;
  /** Tokens that all calls have taken, and those in flight may still take. */
  billed(): { readonly tokens: number; readonly open: number; readonly counted: number };
  /** A process is about to set so many tokens aside: where it dies, they count, also for a call that it never sent. */
  claimed(life: Life, tokens: number): void;
  /** Tokens that nobody gives back any more: of calls that have ended, and all that dead processes had set aside. */
  gone(): number;
}

export const MAX_TOKENS = 100;
export const RAISED = 400;
/** What `extraBody` asks for where it asks for more. */
export const MORE_TOKENS = 900;

export const makeServer = (scenario: Scenario, time: VirtualTime, arrived: (sent: Sent) => void): ModelServer => {
  const { chance } = scenario;
  const sent: Sent[] = [];
  const claims: { readonly life: Life; readonly tokens: number }[] = [];
  const attempts = new Map<string, number>();
  const server: ModelServer = {
    sent,
    refuses: scenario.refusesAtFirst,
    connect: (model, life) => ({
      post: (_path, body, signal) => answer({ model, life, body: body as RequestBody }, signal),
      get: async () => jsonAnswer('{"data":[]}'),
      upload: async () => jsonAnswer('{}'),
      close: async () => {},
    }),
    billed: () => {
      const sums = { tokens: 0, open: 0, counted: 0 };
      for (const one of sent) {
        if (one.open) sums.open += one.tokens;
        else sums.tokens += one.tokens;
        sums.counted += one.counted;
      }
      return sums;
    },
    claimed: (life, tokens) => {
      claims.push({ life, tokens });
    },
    gone: () =>
      sent.reduce((sum, { life, open, counted }) => sum + (life.dead || open ? 0 : counted), 0) +
      claims.reduce((sum, { life, tokens }) => sum + (life.dead ? tokens : 0), 0),
  };

  const mostOf = ({ model, body }: Pick<Sent, 'model' | 'body'>): number => limitOf(model, body) + promptAtMost(model);

  const answer = async (asked: Pick<Sent, 'model' | 'life' | 'body'>, signal: AbortSignal): Promise<Answer> => {
    const { model, body } = asked;
    const key = keyOf(model, body);
    const attempt = attempts.get(key) ?? 0;
    attempts.set(key, attempt + 1);
    const limit = limitOf(model, body);
    const most = mostOf(asked);
    const call: Sent = { ...asked, key, tokens: limit + PROMPT_TOKENS, counted: most, open: true };
    sent.push(call);
    arrived(call);
    const end = (tokens: number, counted = tokens): void => {
      call.open = false;
      call.tokens = tokens;
      call.counted = counted;
    };
    const made = () => PROMPT_TOKENS + tokensOf(scenario, key, limit);
    try {
      await aborted(time.sleep(latencyOf(scenario, key, attempt)), signal);
    } catch (error) {
      // The server does not hear of it.
      end(made(), most);
      throw error;
    }
    const refusal = refusalOf(scenario, server.refuses && model === 'student', key, attempt);
    if (refusal) {
      if (refusal.paid) end(made(), most);
      else end(0);
      return refusal.give(() => never(signal));
    }
    if (model === 'prm') {
      end(PROMPT_TOKENS);
      return jsonAnswer(
        asPooled(
          stepsOf(body).map((step) => chance.share('score', step)),
          PROMPT_TOKENS,
        ),
      );
    }
    const { text, finish } = saidBy(scenario, model, body);
    const completionTokens = finish === 'length' ? limit : tokensOf(scenario, key, limit);
    // About three bytes a token, as whoever has to guess takes it.
    const reasoning = 'thought '.repeat(Math.ceil((3 * completionTokens) / 8));
    end(
      PROMPT_TOKENS + completionTokens,
      PROMPT_TOKENS + Math.max(completionTokens, Math.ceil((reasoning.length + text.length) / 3)),
    );
    const said = scenario.countsBadly ? 0 : completionTokens;
    const reply = { content: text, reasoning, promptTokens: PROMPT_TOKENS, completionTokens: said };
    return jsonAnswer(asPlain(model, { ...reply, finish: finish as 'stop' }));
  };
  return server;
};

export interface RequestBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

const limitOf = (model: string, body: RequestBody): number =>
  model === 'prm' ? 0 : Math.max(body.max_tokens ?? 0, body.max_completion_tokens ?? 0);

const PROMPT_TOKENS = 20;
/** More than anybody takes a prompt of ours for: the scorer's has an answer in it. */
export const promptAtMost = (model: string): number => (model === 'prm' ? 600 : 130);

const lastOf = ({ messages }: RequestBody, role: string): string =>
  messages.findLast((message) => message.role === role)?.content ?? '';

const stepsOf = (body: RequestBody): string[] => lastOf(body, 'assistant').split('<extra_0>').slice(0, -1);

export const keyOf = (model: string, body: RequestBody): string =>
  `${model} ${lastOf(body, 'user')} ${body.seed ?? 0}${body.max_tokens === RAISED ? ' raised' : ''}`;

const latencyOf = ({ chance, thinks, latency }: Scenario, key: string, attempt: number): number => {
  const kind = chance.share('kind of latency', key, attempt);
  // Whoever takes longer than a client waits is quick in the end, or the call would rightly be given up.
  if (kind < thinks && attempt <= 6) return chance.between(100_000, 900_000, 'latency', key, attempt);
  return latency * chance.between(5, kind < 0.2 + thinks ? 2000 : 200, 'latency', key, attempt);
};

const tokensOf = ({ chance }: Scenario, key: string, limit: number): number =>
  Math.min(limit, chance.between(5, Math.max(5, limit), 'tokens', key));

/** Some problems are refused for good, or break the server for good; other faults pass. */
export const isHopeless = ({ chance, faulty }: Scenario, id: string): 'refused' | 'breaks' | null => {
  if (faulty === 0) return null;
  const share = chance.share('hopeless', id);
  if (share < 0.04) return 'refused';
  return share < 0.06 ? 'breaks' : null;
};

interface Refusal {
  readonly paid: boolean;
  readonly give: (hang: () => Promise<never>) => Promise<Answer>;
}

const refusalOf = (scenario: Scenario, refusesAll: boolean, key: string, attempt: number): Refusal | null => {
  const { chance, faulty } = scenario;
  if (refusesAll) return refused(400, 'no such parameter');
  const id = /^(?:student|teacher) problem (\S+)/.exec(key)?.[1];
  const hopeless = id === undefined ? null : isHopeless(scenario, id);
  if (hopeless === 'refused') return refused(400, 'I will not');
  if (hopeless === 'breaks') return refused(500, 'broken by this prompt');
  if (attempt > 6 || chance.share('fault', key, attempt) >= faulty) return null;
  return chance.oneOf<() => Refusal>(
    [
      () => refused(500, 'oops'),
      () => refused(503, 'busy'),
      () => refused(429, 'slow down', { 'retry-after': '2' }),
      () => ({ paid: true, give: () => Promise.reject(new Error('ECONNRESET')) }),
      () => ({ paid: true, give: async () => jsonAnswer('{"choices": [') }),
      () => ({ paid: false, give: async () => jsonAnswer('{"error": {"code": 429, "message": "slow down"}}') }),
      () => ({ paid: true, give: (hang) => hang() }),
    ],
    ...['which fault', key, attempt],
  )();
};

const refused = (status: number, message: string, headers: Record<string, string> = {}): Refusal => ({
  paid: false,
  give: () =>
    Promise.reject(Object.assign(new Error(message), { status, headers: new Headers(headers), error: { message } })),
});

const jsonAnswer = (text: string): Answer => ({
  headers: new Map([
    ['content-type', 'application/json'],
    ['content-length', String(Buffer.byteLength(text))],
  ]),
  body: (async function* () {
    yield Buffer.from(text);
  })(),
});

const aborted = async (sleeping: Promise<void>, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  let abort = (): void => {};
  const given = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([sleeping, given]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

const never = (signal: AbortSignal): Promise<never> => aborted(new Promise(() => {}), signal) as Promise<never>;

/** What a model says to a request: by the problem, the sample and the room that it has. */
export const saidBy = ({ chance, cut, cutAgain }: Scenario, model: string, body: RequestBody): Said => {
  const statement = lastOf(body, 'user');
  const sample = body.seed ?? 0;
  if (model === 'student') {
    const isRight = chance.share('student', statement, sample) < 0.4;
    return { text: isRight ? '1' : `wrong ${statement} ${sample}`, finish: 'stop' };
  }
  const isRaised = body.max_tokens === RAISED;
  const isCut = chance.share('cut', statement, sample, isRaised ? 'raised' : '') < (isRaised ? cutAgain : cut);
  if (isCut) return { text: 'The answer', finish: 'length' };
  const share = chance.share('teacher', statement, sample);
  if (share < 0.5) return { text: '1', finish: 'stop' };
  if (share < 0.6) return { text: '', finish: 'stop' };
  return share < 0.65 ? { text: 'no', finish: 'content_filter' } : { text: `wrong ${sample}`, finish: 'stop' };
};
