import OpenAI from 'openai';
import { Agent, fetch } from 'undici';

/** The same numbers of the same calls with the bare SDK, 256 in flight. Sends the CPU microseconds that they took. */
const [url = '', students = '0', scores = '0', teachers = '0'] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 256 });
const client = new OpenAI({
  baseURL: `${url}/v1`,
  apiKey: 'none',
  maxRetries: 0,
  fetch: ((input: string, init: object) => fetch(input, { ...init, dispatcher })) as never,
});

const messages = (index: number) => [{ role: 'user' as const, content: `What is ${index} plus nothing?` }];
const trajectory = `${'Nothing is added, so that nothing changes. '.repeat(45)}<extra_0>`;

const student = (index: number) =>
  client.chat.completions.create({ model: 'student', messages: messages(index), max_tokens: 400, temperature: 0 });
const score = (index: number) =>
  client.post(`${url}/pooling`, {
    body: { model: 'prm', messages: [...messages(index), { role: 'assistant', content: trajectory }] },
  });
const teacher = async (index: number) => {
  const settings = { temperature: 0.6, top_p: 0.95, max_tokens: 400, stream: true } as const;
  const stream_options = { include_usage: true };
  const stream = await client.chat.completions.create({
    model: 'teacher',
    messages: messages(index),
    stream_options,
    ...settings,
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
};

const work = [
  ...Array.from({ length: Number(students) }, (_, index) => () => student(index)),
  ...Array.from({ length: Number(scores) }, (_, index) => () => score(index)),
  ...Array.from({ length: Number(teachers) }, (_, index) => () => teacher(index)),
];
const began = process.cpuUsage();
let next = 0;
await Promise.all(
  Array.from({ length: 256 }, async () => {
    for (let call = work[next++]; call; call = work[next++]) await call();
  }),
);
const { user, system } = process.cpuUsage(began);
process.send?.(user + system);
process.disconnect();
