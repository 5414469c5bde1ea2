import { checkSources } from '../../../flow/intake/check-sources.ts';
import type { Report } from '../../../flow/outputs/report.ts';
import { run } from '../../../flow/run/run.ts';
import { didYouMean } from '../../../flow/settings/did-you-mean.ts';
import type { Moment } from '../../../flow/status/timeline.ts';
import type { ConfigOptions } from '../../arguments/options.ts';
import { pageBesideRun } from '../../arguments/page-address.ts';
import { wholeNumber } from '../../arguments/values.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { listenToSignals } from '../../signals.ts';
import { watchRun } from '../../view/watch/watch.ts';

export interface RunFlags extends ConfigOptions {
  readonly stages?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly listen?: string;
  readonly page?: string | true;
  readonly wait?: boolean;
  readonly grace?: string;
  readonly limit?: string;
  readonly preview?: string;
}

/** What `--stages` may name; the data files are read by `ingest`, the files written by `export`. */
const stages = ['ingest', 'grade', 'score', 'level', 'sample', 'generate', 'export'];

export type Watching = Omit<RunFlags, keyof ConfigOptions | 'preview'> & { readonly ingest: boolean };

export interface Watched {
  readonly report: Report;
  /** Whether the files were written. */
  readonly exports: boolean;
  /** The exit code of whatever signal ended it, else 0. */
  readonly signalled: number;
  readonly moments: readonly Moment[];
}

/** Runs and shows how it goes on stderr. */
export const runWatched = async (loaded: LoadedConfig, flags: Watching): Promise<Watched> => {
  const wanted = stagesOf(flags.stages);
  const grace = graceOf(flags.grace);
  const limit = flags.limit === undefined ? undefined : wholeNumber(flags.limit, '--limit');
  if (flags.ingest && (wanted?.includes('ingest') ?? true)) await checkSources(loaded, flags.follow ?? false);
  const view = await watchRun(loaded, {
    listen: flags.listen,
    stream: process.stderr,
    useColor: !process.env.NO_COLOR,
  });
  const page = flags.page ? pageBesideRun(loaded, flags.page, view.tell) : null;
  const signals = listenToSignals(view.tell, process.exit, grace);
  signals.stopping.addEventListener('abort', view.drain, { once: true });
  try {
    const report = await run(loaded, {
      stopping: signals.stopping,
      aborted: signals.aborted,
      ingest: flags.ingest,
      follow: flags.follow ?? false,
      limit,
      wait: flags.wait ?? false,
      confirmed: flags.yes ?? false,
      stages: wanted,
      observe: view.observe,
      tell: view.tell,
      log: view.log,
      began: (world) => {
        view.began(world);
        page?.open();
      },
      ending: view.ending,
    });
    view.close();
    const exports = wanted?.includes('export') ?? true;
    return { report, exports, signalled: signals.exitCode(), moments: view.moments() };
  } finally {
    view.close();
    signals.release();
    await page?.close();
  }
};

export const sayInterrupted = ({ stopped }: Report): void => {
  if (stopped === 'interrupted') console.error('interrupted: the same command goes on where this one stopped');
};

const graceOf = (text = 'Infinity'): number => {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new UsageError(`--grace ${text}: wants a number of seconds above 0`);
};

export const stagesOf = (names: string | undefined): string[] | undefined => {
  const wanted = names?.split(',').map((name) => name.trim());
  const unknown = wanted?.find((name) => !stages.includes(name));
  if (unknown === undefined) return wanted;
  throw new UsageError(
    `--stages: there is no stage "${unknown}"; ${didYouMean(unknown, stages)}known: ${stages.join(', ')}`,
  );
};
