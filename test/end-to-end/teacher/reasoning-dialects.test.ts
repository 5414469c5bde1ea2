import { afterEach, expect, it } from 'vitest';
import { DIALECTS, TURN_ENDS } from '../../../reasoning/dialects.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { chunk, completion, json, scriptedServer } from '../../llm/scripted-server.ts';

const THOUGHT = 'First this, then that.';

/** Every way in which a server may give a thought and an answer: a mark of each dialect, a field, a list of parts. */
const forms = (said: string): object[] => [
  ...DIALECTS.filter(({ opens, models }) => opens.length > 0 && !models.includes('harmony')).flatMap(
    ({ opens, closes }) =>
      opens.flatMap((open) => closes.map((close) => ({ content: `${open}\n${THOUGHT}\n${close}\n\n${said}` }))),
  ),
  ...TURN_ENDS.map((mark) => ({ content: `<think>${THOUGHT}</think>${said}${mark}` })),
  {
    content: `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>${said}<|return|>`,
  },
  { content: `analysis${THOUGHT}assistantfinal${said}` },
  { content: `Here is my thought process:\n${THOUGHT}\n\nHere is my response:\n${said}` },
  { content: `${THOUGHT}</think>${said}` },
  { content: `<think>${THOUGHT}</think><response>${said}</response>` },
  ...['reasoning_content', 'reasoning', 'thinking'].map((field) => ({ [field]: THOUGHT, content: said })),
  { reasoning_details: [{ type: 'reasoning.text', text: THOUGHT }], content: said },
  { thinking_blocks: [{ type: 'thinking', thinking: THOUGHT, signature: 'c2ln' }], content: said },
  {
    content: [
      { type: 'thinking', thinking: THOUGHT },
      { type: 'text', text: said },
    ],
  },
  {
    content: [
      { type: 'thinking', thinking: [{ type: 'text', text: THOUGHT }] },
      { type: 'text', text: said },
    ],
  },
  {
    content: [
      { type: 'reasoning', text: THOUGHT },
      { type: 'output_text', text: said },
    ],
  },
  // Beside and inside at once is one text.
  { reasoning_content: THOUGHT, content: `<think>${THOUGHT}</think>${said}` },
];

const count = forms('').length;
const marks = [
  ...DIALECTS.flatMap(({ opens, closes }) => [...opens, ...closes]),
  ...TURN_ENDS,
  '<|message|>',
  '<response>',
];
let there: Place;
afterEach(() => there.remove());

it('is read alike of student, judge and teacher in every dialect, and no mark reaches a record', async () => {
  const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1]);
  await using server = await scriptedServer((response, { path, body }) => {
    if (path.endsWith('/models')) return json(response, 404, {});
    const { model, messages, stream } = body as { model: string; messages: { content: string }[]; stream?: boolean };
    const number = numberIn(messages.at(-1)?.content ?? '');
    const said = { student: '\\boxed{none}', judge: '{"score": 0.9}', teacher: `\\boxed{${number}}` }[model] ?? '';
    const message = forms(said)[number % count] as object;
    if (stream !== true) return json(response, 200, completion(message));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${chunk({ role: 'assistant', ...message })}${chunk({}, 'stop')}data: [DONE]\n\n`);
  });
  const endpoint = (model: string) => ({ baseUrl: server.url, model, concurrency: 8 });
  there = place({
    run: 'dialects',
    problems: [{ path: 'problems.jsonl' }],
    student: endpoint('student'),
    scorer: { kind: 'judge', by: 'rubric', ...endpoint('judge') },
    target: { records: count, distribution: 'natural' },
    teacher: { ...endpoint('teacher'), samples: 1, reasoning: 'required' },
  });
  there.write(
    'problems.jsonl',
    Array.from({ length: count }, (_, number) => ({ statement: `What is number ${number}?`, answer: `${number}` })),
  );
  const { code, stderr } = await there.runHere('run', '--yes');
  const lines = there.lines<{ problem: string; reasoning: string; answer: string; level: string }>('cot.jsonl');
  const formOf = (number: number) => JSON.stringify(forms('…')[number]);
  const missing = Array.from({ length: count }, (_, number) => number).filter(
    (number) => !lines.some(({ problem }) => numberIn(problem) === number),
  );
  expect(missing.map(formOf), stderr).toEqual([]);
  for (const { problem, reasoning, answer, level } of lines) {
    const number = numberIn(problem);
    expect({ reasoning, answer: answer.trim(), level }, formOf(number)).toEqual({
      ...{ reasoning: THOUGHT, answer: `\\boxed{${number}}`, level: 'level_5' },
    });
    for (const mark of marks) expect(reasoning + answer).not.toContain(mark);
  }
  expect(code, stderr).toBe(0);
  const { graded, quality } = there.report();
  expect(graded).toMatchObject({ wrong: count });
  expect(quality.empty.student.count).toBe(0);
}, 120_000);
