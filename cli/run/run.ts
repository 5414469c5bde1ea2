import { resolve } from 'node:path';
import type { RuntimeEvent } from '../../runtime/events.ts';
import { runTopology } from '../../runtime/run.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { Problem } from '../../schemas/types.ts';
import { adaptiveCot } from '../../topologies/adaptive-cot.ts';
import { controlWords } from '../../topologies/control-words.ts';
import { topics } from '../../topologies/topics.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { capabilitiesOf, type Wiring } from '../wire/capabilities.ts';
import { type Models, openModels } from '../wire/open-models.ts';
import { openTransport } from '../wire/open-transport.ts';
import { openVerifiers } from '../wire/open-verifiers.ts';
import { takeDataSets } from './data-sets.ts';
import { checkDomains } from './domains.ts';
import { evaluate, frozenEvaluation, plainThresholds } from './evaluated.ts';
import { ingest, sealSource, sourcesOf } from './ingest.ts';
import { emittedElsewhere, otherRunsWeights } from './other-run.ts';
import { followFiles, replaceFile, writeFiles } from './output-files.ts';
import { makeReport, type Report } from './report.ts';
import { holdSettings } from './stored-settings.ts';
import { announceTarget, configuredTarget } from './target.ts';
import { keepUsage, usageBefore } from './usage-kept.ts';

export interface RunOptions {
  readonly stopping: AbortSignal;
  readonly aborted: AbortSignal;
  /** False: over the problems that are there (`replay`). */
  readonly ingest: boolean;
  readonly stages?: readonly string[] | undefined;
  readonly follow?: boolean;
  readonly observe?: (event: RuntimeEvent) => void;
  readonly tell?: (message: string) => void;
  /** Whoever watches gets to look from here on, until `ending` resolves. */
  readonly began?: (world: World) => void;
  readonly ending?: () => Promise<void>;
}

/** What a run works with, as far as one may look at it. */
export interface World {
  readonly transport: Transport;
  readonly models: Pick<Models, 'usage' | 'endpoints'>;
  readonly accepts: (problem: Problem) => boolean;
}

/** Runs the whole flow, or goes on with it, until the target is met or the input is drained; writes `out/`. */
export const run = async (loaded: LoadedConfig, options: RunOptions): Promise<Report> => {
  const { config, folder } = loaded;
  const began = performance.now();
  const transport = await openTransport(loaded, { runner: true });
  try {
    await holdSettings(transport, config);
    const verifiers = openVerifiers();
    const before = await usageBefore(transport);
    const models = await openModels(config, transport, before);
    const kept = keepUsage(transport, models);
    options.stopping.addEventListener('abort', models.drain, { once: true });
    try {
      await checkDomains(loaded, verifiers);
      const wiring = { config, models, verifiers };
      const outcome = await flow(loaded, transport, wiring, options);
      await kept.save();
      const out = resolve(folder, config.output.dir);
      await writeFiles(transport, config.run, out);
      const report = await makeReport({
        transport,
        run: config.run,
        accepts: outcome.accepts,
        interrupted: outcome.end === 'stopped',
        models: models.usage(),
        seconds: (performance.now() - began) / 1000,
      });
      await replaceFile(resolve(out, 'report.json'), (put) => put(`${JSON.stringify(report, null, 2)}\n`));
      return report;
    } finally {
      await kept.stop();
      await options.ending?.();
      await models.close();
      await verifiers.close();
    }
  } finally {
    await transport.close();
  }
};

const flow = async (loaded: LoadedConfig, transport: Transport, wiring: Wiring, options: RunOptions) => {
  const { config, folder } = loaded;
  const failing = new AbortController();
  const engine = {
    run: config.run,
    transport,
    deadLetters: {
      topic: topics.deadLetters.name,
      encode: (letter: Parameters<Parameters<typeof runTopology>[0]['deadLetters']['encode']>[0]) =>
        codecs.deadLetter.encode({ run: config.run, origin: null, ...letter }),
    },
    inHand: inHandOf(config),
    stopping: AbortSignal.any([options.stopping, failing.signal]),
    aborted: AbortSignal.any([options.aborted, failing.signal]),
    ...(options.observe && { observe: options.observe }),
  };
  const sources = options.ingest ? sourcesOf(config.problems, folder) : [];
  const dataSets = await takeDataSets(transport, sources);
  const excluded = await emittedElsewhere(loaded);
  const accepts = (problem: Problem) => dataSets.accepts(problem) && !excluded.has(problem.id);
  options.began?.({ transport, models: wiring.models, accepts });
  const needsEvaluation = config.target.distribution === 'evaluated' || config.levels.thresholds === 'quantiles';
  const evaluated = needsEvaluation
    ? ((await frozenEvaluation(transport)) ?? (await evaluate(loaded, transport, wiring, engine)))
    : undefined;
  if (evaluated === 'stopped') return { end: 'stopped' as const, accepts };
  const thresholds = config.levels.thresholds === 'quantiles' ? evaluated?.quantiles : config.levels.thresholds;
  if (!thresholds)
    throw new UsageError('levels.thresholds: quantiles: fewer than five different scores on the evaluation set');
  const other = await otherRunsWeights(loaded);
  await announceTarget(transport, configuredTarget(config, evaluated, other));

  const filling = fill(transport, config.run, sources, options, engine.stopping).catch((error) => {
    failing.abort(error);
    throw error;
  });
  filling.catch(() => {});
  const writing = new AbortController();
  const files = followFiles(transport, config.run, resolve(folder, config.output.dir), writing.signal);
  try {
    const running = runTopology({
      ...engine,
      topology: adaptiveCot(capabilitiesOf(wiring, accepts, thresholds ?? plainThresholds)),
      control: { topic: topics.control.name, codec: controlWords },
      ...(options.stages && { stages: options.stages }),
    });
    const end = await running;
    await filling;
    return { end, accepts };
  } finally {
    writing.abort();
    await files;
  }
};

/** Ingests while the stages work already; what was sealed before is open again until it is sealed anew. */
const fill = async (
  transport: Transport,
  run: string,
  sources: ReturnType<typeof sourcesOf>,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> => {
  await sealSource(transport, topics.problems.name, topics.control.name, 'open');
  const found = await ingest({ transport, topic: topics.problems.name, run, sources, signal, progress: () => {} });
  if (found.known > 0) options.tell?.(`${found.known} of the data files had been read before`);
  if (found.bad > 0) options.tell?.(`${found.bad} rows could not be read: see \`sluice dead-letters list\``);
  if (!options.follow && !signal.aborted) await sealSource(transport, topics.problems.name, topics.control.name);
};

/** Twice what an endpoint takes, so that it never waits for a commit; plain steps are quick. */
const inHandOf = ({ student, teacher, scorer }: LoadedConfig['config']) => {
  const scorers = scorer === undefined ? [] : 'kind' in scorer ? [scorer] : Object.values(scorer);
  const scoring = Math.max(16, ...scorers.map((one) => (one && one.kind !== 'tests' ? one.concurrency : 16)));
  const limits: Record<string, number> = {
    grade: Math.ceil(student.concurrency / student.attempts),
    'evaluate-grade': Math.ceil(student.concurrency / student.attempts),
    score: scoring,
    'evaluate-score': scoring,
    generate: Math.ceil(teacher.concurrency / teacher.race),
  };
  return (stage: string): number => 2 * (limits[stage] ?? 128);
};
