import { fork } from 'node:child_process';
import { answered } from '../../helpers/models/model-replies.ts';
import { modelServer } from '../../helpers/models/model-server.ts';
import { message } from '../message.ts';

export interface ServerSettings {
  /** Milliseconds to an answer, by model. */
  readonly latency: Readonly<Record<'student' | 'prm' | 'teacher', number>>;
  /** So many milliseconds more for each twentieth call to a model. */
  readonly late: number;
}

export interface ServerNews {
  readonly url: string;
  /** The statements in the order in which the student was asked. */
  readonly order: readonly string[];
  /** Milliseconds since 1970. */
  readonly firstRequest: number;
  readonly inFlight: number;
  readonly answers: number;
}

/** The models in a process of their own: a student that is always wrong, a scorer, a teacher that is always right. */
export const startServer = async (settings: ServerSettings) => {
  const child = fork(import.meta.filename, [JSON.stringify(settings)]);
  const ask = (word: 'news' | 'reset'): Promise<ServerNews> => {
    const news = message<ServerNews>(child);
    child.send(word);
    return news;
  };
  const { url } = await message<ServerNews>(child);
  return { url, ask, close: () => child.disconnect() };
};

const EVERY = 20;
const padding = 'Nothing is added, so that nothing changes. '.repeat(45);

const serve = async ({ latency, late }: ServerSettings): Promise<void> => {
  let asked: Record<string, number> = {};
  const server = await modelServer({
    chat: ({ model, text }) => {
      const answer = /\d+/.exec(text)?.[0] ?? '';
      const said = `${padding}It is \\boxed{${model === 'teacher' ? answer : `${answer}9`}}.`;
      return answered(said, model === 'teacher' ? padding : '');
    },
    score: ({ steps }) => steps.map(() => 0.5),
    latency: ({ model }) => {
      asked[model] = (asked[model] ?? 0) + 1;
      // The tenth of each twenty: neither the first nor the last.
      const extra = asked[model] % EVERY === EVERY / 2 ? late : 0;
      return latency[model as keyof typeof latency] + extra;
    },
  });
  process.on('message', (word) => {
    const { calls } = server;
    process.send?.({
      url: server.url,
      order: calls.filter((call) => call.model === 'student').map((call) => call.text),
      firstRequest: performance.timeOrigin + (calls[0]?.arrived ?? Number.NaN),
      inFlight: server.inFlight(),
      answers: calls.filter((call) => call.answered !== null).length,
    } satisfies ServerNews);
    if (word !== 'reset') return;
    server.reset();
    asked = {};
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ url: server.url });
};

if (process.argv[1] === import.meta.filename) await serve(JSON.parse(process.argv[2] ?? '') as ServerSettings);
