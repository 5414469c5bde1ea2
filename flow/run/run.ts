import { resolve } from 'node:path';
import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { claimFolder } from '../outputs/claim-folder.ts';
import { writeFolderCard } from '../outputs/folder-card.ts';
import { holdFolder } from '../outputs/hold-folder.ts';
import { replaceFile, writeFiles } from '../outputs/output-files.ts';
import { makeReport, type Report } from '../outputs/report.ts';
import { checkDomains } from '../plan/domains.ts';
import { checkSettings } from '../plan/stored-settings.ts';
import { openRecorded } from '../recorded/open-recorded.ts';
import { raiseEpoch, watchEpoch } from '../schemas/epoch.ts';
import type { Settings } from '../settings/settings.ts';
import type { TransportLog } from '../store/open-how.ts';
import { openTransport } from '../store/open-transport.ts';
import { openModels } from '../wiring/open-models.ts';
import { openVerifiers } from '../wiring/open-verifiers.ts';
import type { OwnModels } from '../wiring/own-models.ts';
import { keepUsage, type ModelsAtWork, usageBefore } from '../wiring/usage/usage-kept.ts';
import { tellOfWeights } from '../wiring/weights.ts';
import { flow } from './flow.ts';

export interface RunOptions {
  readonly stopping: AbortSignal;
  readonly aborted: AbortSignal;
  /** False: over the problems that are there (`replay`). */
  readonly ingest: boolean;
  /** Functions in place of endpoints. */
  readonly models?: OwnModels;
  readonly stages?: readonly string[] | undefined;
  readonly follow?: boolean;
  /** At most so many problems, of all data sets together; a later start may take more. */
  readonly limit?: number | undefined;
  /** Waits for a broker that is away, however long it takes. */
  readonly wait?: boolean;
  /** Goes on although the student's first answers look wrong. */
  readonly confirmed?: boolean;
  readonly observe?: (event: RuntimeEvent) => void;
  readonly tell?: (message: string) => void;
  readonly log?: TransportLog;
  /** Whoever watches gets to look from here on, until `ending` resolves. */
  readonly began?: (world: World) => void;
  readonly ending?: () => Promise<void>;
}

/** What a run works with, as far as one may look at it. */
export interface World extends ModelsAtWork {
  readonly transport: Transport;
  readonly accepts: Accepts;
}

/** Runs the flow, or goes on with it, until the target is met or the input is drained; writes `out/`. */
export const run = async (settings: Settings, options: RunOptions): Promise<Report> => {
  const { config, folder, place } = settings;
  const out = resolve(folder, config.output.dir);
  const exports = options.stages?.includes('export') ?? true;
  if (exports) claimFolder(out, config.run, place(['output', 'dir']));
  const { observe, log } = options;
  const over = new AbortController();
  let held: { release(): void } | undefined;
  const outdating = new AbortController();
  const outdated = (error: Error) => outdating.abort(error);
  const transport = await openTransport(settings, {
    runner: true,
    wait: options.wait ?? false,
    signal: options.stopping,
    outdated,
    ...(options.stages && { stages: options.stages }),
    ...(observe && { observe }),
    ...(log && { log }),
  });
  try {
    await checkSettings(transport, settings.config, settings.secrets);
    if (exports) held = holdFolder(out, place(['output', 'dir']));
    await raiseEpoch(transport, config.run);
    void watchEpoch(transport, config.run, over.signal, outdated);
    const stopping = AbortSignal.any([options.stopping, outdating.signal]);
    const report = await runOver(transport, settings, { ...options, stopping });
    outdating.signal.throwIfAborted();
    return report;
  } finally {
    over.abort();
    held?.release();
    await transport.close();
  }
};

const runOver = async (transport: Transport, settings: Settings, options: RunOptions): Promise<Report> => {
  const { config, folder } = settings;
  const began = performance.now();
  const does = (stage: string) => options.stages?.includes(stage) ?? true;
  const problems = !does('ingest') ? 'elsewhere' : options.ingest ? 'ingest' : 'as-they-are';
  const evaluates = problems !== 'elsewhere' && config.evaluation.length > 0;
  const tell = options.tell ?? (() => {});
  const models = await openModels(settings, transport, await usageBefore(transport), {
    own: options.models,
    recorded: {
      student: does('grade') || evaluates ? await openRecorded('student', settings, tell, options.aborted) : null,
      teacher: does('generate') ? await openRecorded('teacher', settings, tell, options.aborted) : null,
    },
  });
  const verifiers = openVerifiers(settings.domains, { ...settings, models });
  const kept = keepUsage(transport, models);
  const looking = tellOfWeights(settings, transport, { ...options, roles: ['student', 'teacher'] });
  options.stopping.addEventListener('abort', models.drain, { once: true });
  try {
    await checkDomains(settings, {
      verifiers: does('grade') || does('generate') || evaluates ? verifiers : null,
      files: problems === 'ingest' && !options.follow ? 'here' : 'elsewhere',
    });
    const { end, acceptance } = await flow(
      settings,
      transport,
      { settings, models, verifiers },
      {
        ...options,
        problems,
        does,
        follow: options.follow ?? false,
        limit: options.limit ?? null,
        confirmed: options.confirmed ?? false,
        observe: options.observe ?? (() => {}),
        tell,
        began: (accepts) => options.began?.({ transport, models, usage: kept.ofRun, accepts }),
      },
    );
    const usage = await kept.sync();
    const seconds = (performance.now() - began) / 1000;
    const report = await makeReport({
      transport,
      run: config.run,
      ...acceptance,
      end,
      models: usage,
      spent: models.spent(),
      seconds,
    });
    if (does('export')) {
      const out = resolve(folder, config.output.dir);
      await writeFiles(transport, config.run, out, tell);
      await writeFolderCard(out, config.run);
      await replaceFile(resolve(out, 'report.json'), (put) => put(`${JSON.stringify(report, null, 2)}\n`));
    }
    return report;
  } finally {
    await looking;
    await kept.stop();
    await options.ending?.();
    await models.close();
    await verifiers.close();
  }
};
