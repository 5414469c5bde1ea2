import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkSources } from '../../../flow/intake/check-sources.ts';
import { replaceFile } from '../../../flow/outputs/output-files.ts';
import type { Report } from '../../../flow/outputs/report.ts';
import { run } from '../../../flow/run/run.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { exitCodeOfReport } from '../../exit.ts';
import { listenToSignals } from '../../signals.ts';
import { reportTable } from '../../view/screen/report-table.ts';
import { watchRun } from '../../view/watch/watch.ts';

interface RunFlags extends ConfigOptions {
  readonly stages?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly listen?: string;
  readonly wait?: boolean;
  readonly grace?: string;
}

/** What `--stages` may name; the data files are read by `ingest`, the files written by `export`. */
const stages = ['ingest', 'grade', 'score', 'level', 'sample', 'generate', 'export'];

export const runCommand = (): Command =>
  withExample(
    configured('run', 'runs the stages until the target is met or the input is drained; goes on where it stopped')
      .option('--stages <names>', 'only these, separated by commas')
      .option('--follow', 'never ends by itself; takes what is added meanwhile')
      .option('--yes', 'goes on although the student’s first answers look wrong')
      .option('--json', 'prints the report as JSON')
      .option('--listen <host:port>', 'serves /metrics (Prometheus), /healthz and /readyz there')
      .option('--wait', 'waits for a broker that is away, instead of giving up after 15 s')
      .option('--grace <seconds>', 'ends within so long of a first signal, whatever the broker does')
      .action(async (flags: RunFlags) => {
        await runAndReport(load(flags), { ...flags, ingest: true });
      }),
    'sluice run -c sluice.yaml --set target.records=500',
  );

export const replayCommand = (): Command =>
  withExample(
    configured('replay', 'a run over the problems that are already there: another student, or other settings')
      .option('--run <name>', 'name of the new run')
      .option('--yes', 'goes on although the student’s first answers look wrong')
      .option('--json', 'prints the report as JSON')
      .option('--listen <host:port>', 'serves /metrics (Prometheus) and /healthz there')
      .action(async (flags: RunFlags & { run?: string }) => {
        const set = flags.run ? [`run=${flags.run}`, ...(flags.set ?? [])] : flags.set;
        await runAndReport(load({ ...flags, ...(set && { set }) }), { ...flags, ingest: false });
      }),
    'sluice replay --run qwen-3b --set student.model=qwen2.5-3b-instruct',
  );

/** Runs, shows how it goes on stderr, prints the report on stdout, and sets the exit code. */
export const runAndReport = async (
  loaded: LoadedConfig,
  flags: Omit<RunFlags, keyof ConfigOptions> & { readonly ingest: boolean },
): Promise<Report> => {
  const wanted = stagesOf(flags.stages);
  const grace = graceOf(flags.grace);
  if (flags.ingest && (wanted?.includes('ingest') ?? true)) await checkSources(loaded, flags.follow ?? false);
  const view = await watchRun(loaded, {
    listen: flags.listen,
    stream: process.stderr,
    useColor: !process.env.NO_COLOR,
  });
  const signals = listenToSignals(view.tell, process.exit, grace);
  signals.stopping.addEventListener('abort', view.drain, { once: true });
  try {
    const report = await run(loaded, {
      stopping: signals.stopping,
      aborted: signals.aborted,
      ingest: flags.ingest,
      follow: flags.follow ?? false,
      wait: flags.wait ?? false,
      confirmed: flags.yes ?? false,
      stages: wanted,
      observe: view.observe,
      tell: view.tell,
      log: view.log,
      began: view.began,
      ending: view.ending,
    });
    view.close();
    if (wanted?.includes('export') ?? true) await keepReportPage(loaded, report);
    console.log(flags.json ? JSON.stringify(report, null, 2) : reportTable(report));
    if (report.stopped === 'interrupted') console.error('interrupted: the same command goes on where this one stopped');
    process.exitCode = signals.exitCode() || exitCodeOfReport(report);
    return report;
  } finally {
    view.close();
    signals.release();
  }
};

/** `out/report.html` beside `out/report.json`. */
const keepReportPage = async ({ folder, config }: LoadedConfig, report: Report): Promise<void> => {
  const { reportPage } = await import('../../../page/report/report-page.ts');
  const page = await reportPage(report);
  await replaceFile(resolve(folder, config.output.dir, 'report.html'), (put) => put(page));
};

const graceOf = (text = 'Infinity'): number => {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new UsageError(`--grace ${text}: wants a number of seconds above 0`);
};

const stagesOf = (names: string | undefined): string[] | undefined => {
  const wanted = names?.split(',').map((name) => name.trim());
  const unknown = wanted?.find((name) => !stages.includes(name));
  if (unknown === undefined) return wanted;
  throw new UsageError(`--stages: there is no stage "${unknown}"; known: ${stages.join(', ')}`);
};
