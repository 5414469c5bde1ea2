import { createHash } from 'node:crypto';
import { journalOver } from '../../../flow/wiring/journal.ts';
import { splitSteps } from '../../../llm/ask/steps.ts';
import { isOutOfBudget, LlmError } from '../../../llm/errors.ts';
import { openChatModel, openScorer } from '../../../llm/models.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { type Ledger, tableLedger } from '../../../llm/money/ledger.ts';
import { sharedLedger } from '../../../llm/money/shared-ledger.ts';
import type { ChatModel } from '../../../llm/port.ts';
import { type RunEnd, runTopology } from '../../../runtime/run.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { type AdaptiveCotCapabilities, adaptiveCot } from '../../../topologies/adaptive-cot.ts';
import { controlWords } from '../../../topologies/control-words.ts';
import { topics } from '../../../topologies/topics.ts';
import { deadLetters, fakeCapabilities, fakeModel } from '../../helpers/flow.ts';
import type { Life } from './cluster.ts';
import type { Scenario } from './scenario.ts';
import { MAX_TOKENS, MORE_TOKENS, type ModelServer, RAISED } from './server.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface WorkerDeps {
  readonly scenario: Scenario;
  readonly time: VirtualTime;
  readonly transport: Transport;
  readonly server: ModelServer;
  readonly life: Life;
  /** SIGTERM: take no more. */
  readonly stopping: AbortSignal;
  /** Called when a call to a model is refused for want of money. */
  readonly refused: (one: Refused) => void;
}

export interface Refused {
  readonly model: string;
  /** Tokens that its answer may have; undefined: as many as usual. */
  readonly room: number | undefined;
}

/** One process of the run: the real engine, sampler, generator, journal, ledger and endpoints. */
export const work = async (deps: WorkerDeps): Promise<RunEnd> => {
  const { scenario, transport, stopping } = deps;
  const models = await openModels(deps);
  stopping.addEventListener('abort', () => models.drain(), { once: true });
  try {
    return await runTopology({
      run: 'test',
      transport,
      topology: adaptiveCot(capabilitiesOver(scenario, models)),
      control: { topic: topics.control.name, codec: controlWords },
      deadLetters,
      inHand: (stage) =>
        stage === 'generate' ? Math.ceil(scenario.concurrency / scenario.race) : scenario.concurrency,
      stopping,
      aborted: new AbortController().signal,
    });
  } finally {
    models.drain();
    await models.close();
  }
};

const openModels = async ({ scenario, time, transport, server, life, refused }: WorkerDeps) => {
  const { concurrency, ceiling, asksForMore, processes, idleTimeoutSeconds } = scenario;
  const journal = journalOver(transport.table('journal'));
  const table = transport.table('ledger');
  const put = (key: string, value: Uint8Array) => table.put(key, key, value);
  let next = 0;
  const news = async () => {
    const records = await transport.read('ledger', 0, next, 1000);
    next = (records.at(-1)?.offset ?? next - 1) + 1;
    return records.map(({ key, value }) => [key, value] as const);
  };
  const ledger: Ledger =
    processes === 1
      ? tableLedger({ put, entries: () => table.entries() })
      : sharedLedger({ put, news }, life.worker, String(life.number), time.clock);
  const watched: Ledger = {
    ...ledger,
    reserve: (name, atMost, fits) => {
      server.claimed(life, atMost.tokens);
      return ledger.reserve(name, atMost, fits);
    },
  };
  const budget = ceiling === null ? undefined : await openBudget({ run: { tokens: ceiling }, models: {} }, watched);
  const at = (model: string) => ({
    ...{ model, baseUrl: 'http://simulated.invalid/v1', concurrency, price: { input: 1, output: 1 } },
    ...{ maxTokens: MAX_TOKENS, seed: 0, stream: false, idleTimeoutSeconds },
  });
  const modelDeps = {
    journal,
    budget,
    clock: time.clock,
    connect: ({ model }: { model: string }) => server.connect(model, life),
  };
  const student = openChatModel(at('student'), modelDeps);
  const extraBody = asksForMore ? { max_completion_tokens: MORE_TOKENS } : {};
  const teacher = openChatModel({ ...at('teacher'), extraBody }, modelDeps);
  const prm = openScorer({ ...at('prm'), kind: 'prm', api: 'vllm-pooling' }, modelDeps);
  const endpoints = [student.endpoint, teacher.endpoint, prm.endpoint];
  const told =
    (model: string, ask: ChatModel): ChatModel =>
    async (request, signal) => {
      try {
        return await ask(request, signal);
      } catch (error) {
        // Those that are given up because of it say the same.
        if (isOutOfBudget(error) && !signal.aborted) refused({ model, room: request.maxTokens });
        throw error;
      }
    };
  return {
    ...{ prm, recall: teacher.recall, student: told('student', student.ask), teacher: told('teacher', teacher.ask) },
    drain: () => {
      for (const endpoint of endpoints) endpoint.drain();
    },
    close: async () => {
      await budget?.flushed();
      for (const endpoint of endpoints) await endpoint.close();
    },
  };
};

const unused = fakeModel(() => '').model;

const capabilitiesOver = (
  { samples, race, raises, ahead }: Scenario,
  { student, teacher, recall, prm }: Awaited<ReturnType<typeof openModels>>,
): AdaptiveCotCapabilities => {
  const fakes = fakeCapabilities(unused, unused);
  return {
    ...fakes,
    grade: { ...fakes.grade, student },
    score: {
      ...fakes.score,
      scorer: () => ({ kind: 'model', aggregate: 'mean', split: splitSteps, score: prm.score }),
    },
    sample: { hash: (text) => createHash('sha256').update(text).digest('hex'), ahead },
    generate: {
      ...fakes.generate,
      teachers: fakes.generate.teachers.map((one) => ({
        ...one,
        ...{ teacher, recall, isOutOfBudget },
        ...{ samples, race, maxTokensRaised: raises ? RAISED : null },
      })),
    },
  };
};

/** The run stopped because the settings were wrong: whoever mends them starts it again. */
export const isWrongSetting = (error: unknown): boolean =>
  error instanceof LlmError && error.code === 'refuses-everything';
