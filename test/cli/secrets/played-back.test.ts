import { spawn } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openCollector } from '../../helpers/otlp-collector.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { chunk, completion, json, scriptedServer } from '../../llm/scripted-server.ts';
import { command, configText, workFolder } from '../sluice.ts';
import { holdsKey, leftUnder, writings } from './played-back.ts';

const key = 'sk-Pr0j/aBc+dEf"gHi&jKl=mNoP9';
const env = { STUDENT_KEY: key, TEACHER_KEY: key, SCORER_KEY: key };
const played = Object.entries(writings).map(([name, write]) => ({ name, text: write(key) }));

/** In which part of an answer a server may play something back. */
const places: readonly ((text: string) => {
  readonly status?: number;
  readonly body: string;
  readonly type?: string;
})[] = [
  (text) => ({ body: JSON.stringify({ error: { message: `bad key ${text}` } }) }),
  (text) => ({ status: 400, body: JSON.stringify({ error: { message: `no: ${text}` } }) }),
  (text) => ({ status: 500, body: `<html>${text}</html>`, type: 'text/html' }),
  (text) => ({ status: 429, body: JSON.stringify({ error: { message: text, code: text, type: text } }) }),
  (text) => ({ body: `hello ${text}, this is no JSON` }),
  (text) => ({ body: JSON.stringify({ choices: text }) }),
  (text) => ({ body: JSON.stringify(completion({ content: '\\boxed{1}' }, {}, text)) }),
  (text) => ({
    body: JSON.stringify(completion({ content: '\\boxed{1}' }, { model: text, system_fingerprint: text, id: text })),
  }),
  (text) => ({
    body: JSON.stringify(completion({ content: '\\boxed{1}', refusal: text, tool_calls: [{ id: text }] })),
  }),
  (text) => ({ body: JSON.stringify(completion({ content: '\\boxed{1}', reasoning_content: text })) }),
  (text) => ({ body: JSON.stringify(completion({ content: `<think>${text}</think>\\boxed{${text}}` })) }),
  (text) => ({ body: `data: ${JSON.stringify({ error: { message: text } })}\n\n`, type: 'text/event-stream' }),
  (text) => ({
    body: JSON.stringify(completion({ content: '\\boxed{1}' }, { usage: { [text]: text, prompt_tokens: text } })),
  }),
];

const say = (
  response: ServerResponse,
  { status = 200, body, type = 'application/json' }: ReturnType<(typeof places)[0]>,
) => response.writeHead(status, { 'content-type': type, 'x-request-id': 'r', 'retry-after': '0' }).end(body);

/** A teacher that thinks about the key and says it, a few letters a piece. */
const stream = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of `<think>${text} is what I was given: ${text}</think>`.match(/.{1,5}/gs) ?? [])
    response.write(chunk({ content: piece }));
  response.write(chunk({ content: 'So \\boxed{4}.' }, 'stop'));
  response.end('data: [DONE]\n\n');
};

const server = () => {
  let failed = 0;
  let at = 0;
  const next = () => (played[at++ % played.length] as { text: string }).text;
  return scriptedServer((response, { path, body }, number) => {
    const text = next();
    if (path.endsWith('/models')) return void json(response, 200, { data: [{ id: text, owned_by: text }] });
    if (body.stream === true) return stream(response, text);
    // Every fourth call plays it back where no answer is; each of these places comes.
    const place = number % 4 === 3 ? places[failed++ % places.length] : undefined;
    if (place) say(response, place(text));
    else if (path.includes('pooling')) json(response, 200, { data: [{ data: [[0.5, 0.5]], object: text }] });
    else
      json(response, 200, completion({ content: `I was told ${text}. So \\boxed{${number % 3 === 0 ? '4' : text}}` }));
  });
};

/** A file may hold the key, too: in a statement, an answer, an id, a source, a row that is none. */
const rows = [
  ...played.flatMap(({ text }, at) => [
    { statement: `Number ${at}: 2 + 2? ${text}`, answer: '4', id: text, source: text, meta: { note: text } },
    { statement: `${at} for ${text}?`, answer: text },
    { statment: text },
  ]),
]
  .map((row) => JSON.stringify(row))
  .concat(played.map(({ text }) => `{"statement": ${text}`))
  .join('\n');

const config = (url: string, collector: string): string =>
  configText(url, `telemetry: { otlp: "${collector}", traced: 1, everySeconds: 1 }`)
    .replace('records: 12', 'records: 40\n  distribution: natural')
    .replace('model: rehearsal-student', `model: rehearsal-student\n  apiKey: \${STUDENT_KEY}`)
    .replace('model: rehearsal-teacher', `model: rehearsal-teacher\n  apiKey: \${TEACHER_KEY}`)
    .replace('scorer: {', `scorer: { apiKey: "\${SCORER_KEY}",`);

describe('a key that a server and a file play back in every way', () => {
  it('is in nothing that a run prints, logs, stores, serves or writes', async () => {
    await using models = await server();
    const collector = await openCollector();
    const folder = workFolder({ 'sluice.yaml': config(models.url, collector.url), 'problems.jsonl': rows });
    try {
      const ran = await watched(folder.path);
      expect(models.asked.length).toBeGreaterThan(places.length * 4);
      const looked = [];
      // Without a key in the environment: who looks needs none.
      for (const args of [['status', '--json'], ['status'], ['dead-letters', 'list', '--json'], ['levels']])
        looked.push(await sluiceHere(args, { cwd: folder.path }));
      const listed = await sluiceHere(['inspect', '--last', '1000', '--json'], { cwd: folder.path });
      const ids = (JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(played.length);
      looked.push(listed, await sluiceHere(['inspect', '--last', '1000'], { cwd: folder.path }));
      // One in three of them whole; their texts are those of the store, which is searched whole below.
      for (const id of ids.filter((_, at) => at % 3 === 0))
        for (const form of [[], ['--json']])
          looked.push(await sluiceHere(['inspect', id, ...form], { cwd: folder.path }));
      for (const { code, stderr } of looked) expect([code, stderr]).toEqual([0, expect.not.stringContaining('_KEY')]);
      const doctor = await sluiceHere(['doctor'], { cwd: folder.path, env });
      const said = [ran, ...looked, doctor].map((one, at) => [`command ${at}`, one.stdout + one.stderr] as const);
      const left = leftUnder(folder.path).filter(([name]) => !name.endsWith('problems.jsonl'));
      expect(left.map(([name]) => name).join()).toMatch(
        /README\.md.*report\.html.*report\.json.*sluice\.db.*log\.jsonl/s,
      );
      const page = await shownOnPage(folder.path, ids);
      expect(page.length).toBeGreaterThan(ids.length);
      const sent = Buffer.concat(collector.bodies).toString('latin1');
      expect(collector.spans.length).toBeGreaterThan(ids.length);
      const all = [...said, ...left, ...page, ['metrics', ran.metrics] as const, ['telemetry', sent] as const];
      expect(all.filter(([, text]) => holdsKey(text, key)).map(([name]) => name)).toEqual([]);
      expect(all.filter(([, text]) => text.includes('***')).length).toBeGreaterThan(10);
      expect(ran.metrics).toContain('sluice_model_requests_total');
    } finally {
      folder.destroy();
      await collector.close();
    }
  }, 300_000);

  it('is found by the search in each of these ways, so that the search would find it', () => {
    for (const { name, text } of played) expect([name, holdsKey(`a ${text} b`, key)]).toEqual([name, true]);
    expect(played.length).toBeGreaterThanOrEqual(40);
  });
});

/** What `sluice page` serves of a run: its state, its lists and each problem. */
const shownOnPage = async (cwd: string, ids: readonly string[]): Promise<(readonly [string, string])[]> => {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd };
  const child = spawn(process.execPath, [command, 'page', '--listen', '127.0.0.1:0'], { cwd, env });
  try {
    const url = `${await new Promise((said) => child.stdout.once('data', said))}`.trim();
    const shown = async (path: string) => [path, await (await fetch(new URL(path, url))).text()] as const;
    const events = (await fetch(new URL('/events', url))).body!.getReader();
    const first = new TextDecoder().decode((await events.read()).value);
    await events.cancel();
    const lists = ['/search', '/search?text=2', '/search?state=rejected', '/search?state=dead'];
    return [['/events', first], ...(await Promise.all([...lists, ...ids.map((id) => `/problem?id=${id}`)].map(shown)))];
  } finally {
    child.kill();
  }
};

/** Runs, and asks for the metrics meanwhile. */
const watched = async (cwd: string) => {
  const args = [command, 'run', '--listen', '127.0.0.1:0', '--yes'];
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env } });
  const heard = { stdout: '', stderr: '', metrics: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text) => {
      heard[name] += text;
    });
  const asking = setInterval(() => {
    const url = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(heard.stderr)?.[0];
    const ask = async () => {
      heard.metrics += await (await fetch(url as string)).text();
    };
    if (url) ask().catch(() => {});
  }, 100);
  await new Promise((ended) => child.on('close', ended));
  clearInterval(asking);
  return heard;
};
