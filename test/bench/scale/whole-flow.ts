import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followFiles, writeFiles } from '../../../flow/outputs/output-files.ts';
import { makeReport } from '../../../flow/outputs/report.ts';
import { countReader } from '../../../flow/status/counts.ts';
import { journalOver } from '../../../flow/wiring/journal.ts';
import { prmKey } from '../../../llm/ask/prm.ts';
import { splitSteps } from '../../../llm/ask/steps.ts';
import { chatKey } from '../../../llm/journal/journal-key.ts';
import { journaledChat, journaledScorer, recalledChat } from '../../../llm/journal/journaled.ts';
import { curriculumWeights } from '../../../processors/sampling/target.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import type { AdaptiveCotCapabilities } from '../../../topologies/adaptive-cot.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { addProblems, begin, fakeCapabilities, problem, runFlow } from '../../helpers/flow.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';

/** Microseconds, bytes and megabytes. */
export interface Cost {
  /** Of CPU, a problem. */
  readonly cpu: number;
  /** Of time, a problem. */
  readonly wall: number;
  readonly peak: number;
  /** Of the store's files, a problem. */
  readonly store: number;
}

/** As long as those of GSM8K, and answers of small models to them. */
const statement = 'A problem has some two hundred and forty characters. '.repeat(4);
const trajectory = 'A step of a trajectory.\n\n'.repeat(25);
const thinking = 'A thought of a teacher. '.repeat(60);

const usage = { promptTokens: 100, completionTokens: 300 };

/** Models that answer at once, behind the journal. */
const capabilitiesOver = (transport: Transport): AdaptiveCotCapabilities => {
  const deps = { journal: journalOver(transport.table('journal')), model: 'fake' };
  const settings = { model: 'fake', maxTokens: 1000 };
  const key = chatKey(settings);
  const said = (reasoning: string, answer: string) => ({
    ...{ reasoning, answer, finish: 'stop' as const, usage },
    ...{ journaled: false, simulated: false },
  });
  const isRight = (id: string) => hashShare(id) < 0.3;
  const student = journaledChat(async ({ problem: id }) => said('', isRight(id) ? '1' : trajectory), key, deps);
  const teacherKey = chatKey({ ...settings, model: 'teacher' });
  const teacher = journaledChat(async () => said(thinking, '1'), teacherKey, deps);
  const score = journaledScorer(
    async ({ problem: id, steps }) => ({
      scores: steps.map((_, index) => hashShare(`${id} ${index}`)),
      ...{ usage, journaled: false, simulated: false },
    }),
    prmKey({ model: 'prm', api: 'vllm-pooling' }),
    deps,
  );
  const capabilities = fakeCapabilities(student, teacher);
  return {
    ...capabilities,
    score: { ...capabilities.score, scorer: () => ({ kind: 'model', aggregate: 'mean', split: splitSteps, score }) },
    generate: {
      ...capabilities.generate,
      teachers: capabilities.generate.teachers.map((one) => ({ ...one, recall: recalledChat(teacherKey, deps) })),
    },
  };
};

const prepare = async (transport: Transport, count: number): Promise<void> => {
  await transport.apply(topicSpecs);
  for (let from = 0; from < count; from += 500) {
    const length = Math.min(500, count - from);
    const batch = Array.from({ length }, (_, index) => ({ ...problem(`p${from + index}`), statement }));
    await addProblems(transport, batch);
  }
  const target = { records: Math.floor(count / 3), weights: curriculumWeights, seed: 1 } as const;
  await begin(transport, { ...target, admit: 'after-grading', onShortfall: 'redistribute' });
};

const LOOK_EVERY_MILLISECONDS = 5000;

/** What a run does, from the problems to the report. */
const run = async (transport: Transport, out: string): Promise<void> => {
  const accepts = () => true;
  const counts = countReader({ transport, run: 'test', accepts, exactUpTo: 500, backlogExactUpTo: 0 });
  const look = setInterval(() => void counts(), LOOK_EVERY_MILLISECONDS);
  const writing = new AbortController();
  const files = followFiles(transport, 'test', out, writing.signal);
  const end = await runFlow(transport, capabilitiesOver(transport), { inHand: () => 256 });
  clearInterval(look);
  writing.abort();
  await files;
  if (end !== 'complete') throw new Error(end);
  const report = await makeReport({ transport, run: 'test', accepts, leftOut: null, end, models: {}, seconds: 0 });
  if (report.stopped !== 'target' || report.states.unread > 0) throw new Error(JSON.stringify(report));
  await writeFiles(transport, 'test', out, console.error);
};

const cost = async (count: number): Promise<Cost> => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-scale-'));
  const began = performance.now();
  const before = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const transport = openEmbedded({ path, run: 'test', partitions: 4, runner: true });
  try {
    await prepare(transport, count);
    await run(transport, join(path, 'out'));
    const { user, system } = process.cpuUsage(before);
    return {
      cpu: (user + system) / count,
      wall: ((performance.now() - began) * 1000) / count,
      peak: peak / 2 ** 20,
      store: bytesOf(path) / count,
    };
  } finally {
    clearInterval(watch);
    await transport.close();
    rmSync(path, { recursive: true, force: true });
  }
};

const bytesOf = (path: string): number =>
  ['sluice.db', 'sluice.db-wal'].reduce((sum, file) => sum + statSync(join(path, file)).size, 0);

process.send?.(await cost(Number(process.argv[2])));
process.disconnect?.();
