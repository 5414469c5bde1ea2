import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatModel } from '../../llm/port.ts';
import { type Target, type TargetSettings, targetOf } from '../../processors/sampling/target.ts';
import { SOURCE_EPOCH } from '../../runtime/ending/control.ts';
import { partitionOf } from '../../runtime/records/partition.ts';
import { type RunSettings, runTopology } from '../../runtime/run.ts';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { Admitted, Grade, Problem } from '../../schemas/types.ts';
import { type AdaptiveCotCapabilities, adaptiveCot } from '../../topologies/adaptive-cot.ts';
import { controlRecord, controlWords } from '../../topologies/control-words.ts';
import { topicSpecs, topics } from '../../topologies/topics.ts';

/** A store of its own in a temporary folder, and a whole flow over fake models in this process. */
export const flowWorld = (partitions = 3) => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-flow-'));
  const open = async (run = 'test'): Promise<Transport> => {
    const transport = openEmbedded({ path, run, partitions, runner: true });
    await transport.apply(topicSpecs);
    return transport;
  };
  return { path, open, destroy: () => rmSync(path, { recursive: true, force: true }) };
};

export const problem = (id: string, answer = '1', dataset = 'test'): Problem => ({
  id,
  statement: `problem ${id}`,
  domain: 'maths',
  answer,
  choices: [],
  language: null,
  prompt: null,
  tests: null,
  source: { dataset, file: 'test.jsonl', row: 0, id: null, level: null, subject: null, licence: null },
  solution: null,
  label: null,
  contamination: null,
  meta: null,
});

export const addProblems = async (transport: Transport, problems: readonly Problem[]): Promise<void> => {
  await transport.append(
    problems.map((one) => ({
      topic: 'problems',
      partition: partitionOf(one.id, transport.partitions),
      key: one.id,
      value: codecs.problem.encode(one),
      headers: {},
    })),
  );
};

/** Seals the problems at where they end now, and sets the target: what a run's start does. */
export const begin = async (transport: Transport, target: TargetSettings): Promise<Target> => {
  const made = targetOf(target);
  const ends = await transport.ends('problems');
  const seals = ends.map((end, partition) =>
    controlRecord({ kind: 'sealed', sealed: { topic: 'problems', partition, end, epoch: SOURCE_EPOCH } }),
  );
  const words = [controlRecord({ kind: 'target', settings: JSON.stringify(made) }), ...seals];
  await transport.append(
    words.map((word) => ({
      topic: 'control',
      partition: 0,
      key: word.kind,
      value: codecs.control.encode(word),
      headers: {},
    })),
  );
  return made;
};

/** An admitted problem that the student got wrong. */
export const admittedOf = (id: string): Admitted => ({
  problem: problem(id),
  grade: wrongGrade('student'),
  score: 0,
  level: 'level_1',
  admission: 0,
  ahead: false,
  simulated: false,
});

/** Of one attempt, which is wrong. */
export const wrongGrade = (student: string): Grade => ({
  student,
  verdict: 'wrong',
  attempts: 1,
  right: 0,
  truncated: 0,
  empty: 0,
  promptTokens: 0,
  completionTokens: 0,
});

/** A chat model that answers by a function of problem id and sample; it keeps its calls. */
export const fakeModel = (
  answer: (problem: string, sample: number) => string | Promise<string>,
): { model: ChatModel; calls: string[] } => {
  const calls: string[] = [];
  const model: ChatModel = async (request) => {
    calls.push(`${request.problem}/${request.sample}`);
    const text = await answer(request.problem, request.sample);
    const usage = { promptTokens: 1, completionTokens: 1 };
    return { reasoning: 'thinking', answer: text, finish: 'stop', usage, journaled: false, simulated: false };
  };
  return { model, calls };
};

/** Fakes for everything but what a test gives: right is who answers `1`; a score is what stands after `score=`. */
export const fakeCapabilities = (student: ChatModel, teacher: ChatModel): AdaptiveCotCapabilities => {
  const prompt = (one: Problem) => [{ role: 'user' as const, content: one.statement }];
  const reference = (one: Problem) => ({ domain: 'maths' as const, answer: one.answer ?? '' });
  const verify: AdaptiveCotCapabilities['grade']['verify'] = async ({ response, reference: measure }) => ({
    verdict: measure.domain === 'maths' && response === measure.answer ? 'right' : 'wrong',
    reason: 'compared',
    extracted: response,
    found: 'boxed',
    passedShare: null,
  });
  return {
    distinct: {
      accepts: () => true,
      key: (one) => one.id,
      content: (one) => one.answer ?? '',
      conflict: 'conflicting-reference',
    },
    grade: {
      student,
      studentName: 'student',
      attempts: 1,
      unreadable: () => null,
      truncated: 'wrong',
      maxTokensRaised: null,
      prompt,
      reference,
      verify,
    },
    score: {
      scorer: () => ({
        kind: 'model',
        aggregate: 'mean',
        split: (text) => [{ text, start: 0, end: text.length }],
        score: async ({ steps }) => ({
          scores: steps.map((step) => Number(/score=([\d.]+)/.exec(step)?.[1] ?? 0)),
          usage: { promptTokens: 0, completionTokens: 0 },
          journaled: false,
          simulated: false,
        }),
      }),
      needed: ({ grade }) => grade.verdict === 'wrong',
    },
    level: async () => ({ by: 'score' as const, thresholds: [0.2, 0.4, 0.6, 0.8] as const }),
    sample: { by: null, hash: (text) => Buffer.from(text).toString('hex').split('').reverse().join('') },
    generate: {
      teachers: [
        {
          teacher,
          name: 'teacher',
          levels: null,
          recall: async () => undefined,
          samples: 1,
          race: 1,
          keeping: { count: 1, choose: 'first' },
          maxTokensRaised: null,
          prompt,
          verify,
          isOutOfBudget: () => false,
          unfit: async () => null,
          suspect: () => false,
        },
      ],
      reference,
      studentPrompt: prompt,
    },
  };
};

export const deadLetters: RunSettings['deadLetters'] = {
  topic: topics.deadLetters.name,
  encode: (letter) => codecs.deadLetter.encode({ run: 'test', origin: null, ...letter }),
};

export const runFlow = (
  transport: Transport,
  capabilities: AdaptiveCotCapabilities,
  settings: Partial<RunSettings> = {},
) =>
  runTopology({
    run: 'test',
    transport,
    topology: adaptiveCot(capabilities),
    control: { topic: topics.control.name, codec: controlWords },
    deadLetters,
    inHand: () => 64,
    stopping: new AbortController().signal,
    aborted: new AbortController().signal,
    ...settings,
  });

/** Every record of a topic, decoded. */
export const readAll = async <T>(
  transport: Transport,
  topic: { name: string; codec: { decode(bytes: Uint8Array): T } },
): Promise<T[]> => {
  const found: T[] = [];
  for (const [partition] of (await transport.ends(topic.name)).entries()) {
    let from = 0;
    for (;;) {
      const records = await transport.read(topic.name, partition, from, 500);
      if (records.length === 0) break;
      found.push(...records.map((record) => topic.codec.decode(record.value)));
      from = (records.at(-1)?.offset ?? 0) + 1;
    }
  }
  return found;
};
