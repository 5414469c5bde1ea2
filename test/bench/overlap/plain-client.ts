import { Pool } from 'undici';
import { fifo } from '../../../waiting/fifo.ts';

export interface PlainWork {
  readonly url: string;
  readonly statements: readonly string[];
  /** Most calls to each model at once. */
  readonly concurrency: number;
}

export interface Times {
  /** Milliseconds since the first request. */
  readonly first: number;
  readonly last: number;
}

/** So many calls at once; the others wait for their turn. */
const line = (places: number) => {
  const waiting = fifo<() => void>();
  let free = places;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
};

/** What the pipeline asks for, by a client that does nothing else: every problem goes on by itself as soon as it can. */
const ask = async ({ url, statements, concurrency }: PlainWork): Promise<Times> => {
  const pool = new Pool(url, { connections: 3 * concurrency });
  const post = async (path: string, body: object): Promise<string> => {
    const reply = await pool.request({ path, method: 'POST', body: JSON.stringify(body) });
    return reply.body.text();
  };
  const [student, scorer, teacher] = [line(concurrency), line(concurrency), line(concurrency)];
  const began = performance.now();
  const ended = await Promise.all(
    statements.map(async (content) => {
      const messages = [{ role: 'user', content }];
      await student(() => post('/v1/chat/completions', { model: 'student', messages }));
      const trajectory = { role: 'assistant', content: 'It is what it is.<extra_0>' };
      await scorer(() => post('/pooling', { model: 'prm', messages: [...messages, trajectory] }));
      await teacher(() => post('/v1/chat/completions', { model: 'teacher', messages, stream: true }));
      return performance.now() - began;
    }),
  );
  await pool.close();
  return { first: Math.min(...ended), last: Math.max(...ended) };
};

process.once('message', async (work) => {
  process.send?.(await ask(work as PlainWork));
  process.disconnect();
});
