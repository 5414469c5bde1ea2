import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Report } from '../../../flow/outputs/report.ts';
import type { Moment } from '../../../flow/status/timeline.ts';
import { configured, load, withExample } from '../../arguments/options.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { exitCodeOfReport } from '../../exit.ts';
import { keepPage } from '../../view/keep-page.ts';
import { reportTable } from '../../view/tables/report-table.ts';
import { type RunFlags, runWatched, sayInterrupted, stagesOf, type Watching } from './run-watched.ts';

export const runCommand = (): Command =>
  withExample(
    configured('run', 'runs the stages until the target is met or the input is drained; goes on where it stopped')
      .option('--stages <names>', 'only these, separated by commas')
      .option('--follow', 'never ends by itself; takes what is added meanwhile')
      .option('--yes', 'goes on although the student’s first answers look wrong')
      .option('--limit <number>', 'at most so many problems, of all data sets in turns; a later start may take more')
      .option('--preview <number>', 'goes the whole way with so many problems, as a run of its own, and shows them')
      .option('--json', 'prints the report as JSON')
      .option('--listen <host:port>', 'serves /metrics (Prometheus), /healthz and /readyz there')
      .option('--page [host:port]', 'shows the run in the browser meanwhile; default: 127.0.0.1:8765')
      .option('--wait', 'waits for a broker that is away, instead of giving up after 15 s')
      .option('--grace <seconds>', 'ends within so long of a first signal, whatever the broker does')
      .action(async (flags: RunFlags) => {
        const loaded = load(flags, stagesOf(flags.stages));
        if (flags.preview === undefined) await runAndReport(loaded, { ...flags, ingest: true });
        else await (await import('./preview.ts')).runPreview(loaded, flags);
      }),
    'sluice run -c sluice.yaml --set target.records=500',
  );

export const replayCommand = (): Command =>
  withExample(
    configured('replay', 'a run over the problems that are already there: another student, or other settings')
      .option('--run <name>', 'name of the new run')
      .option('--yes', 'goes on although the student’s first answers look wrong')
      .option('--limit <number>', 'at most so many problems, of all data sets in turns')
      .option('--json', 'prints the report as JSON')
      .option('--listen <host:port>', 'serves /metrics (Prometheus) and /healthz there')
      .action(async (flags: RunFlags & { run?: string }) => {
        const set = flags.run ? [`run=${flags.run}`, ...(flags.set ?? [])] : flags.set;
        await runAndReport(load({ ...flags, ...(set && { set }) }), { ...flags, ingest: false });
      }),
    'sluice replay --run qwen-3b --set student.model=qwen2.5-3b-instruct',
  );

/** Runs, shows how it goes on stderr, prints the report on stdout, and sets the exit code. */
export const runAndReport = async (loaded: LoadedConfig, flags: Watching): Promise<Report> => {
  const { report, exports, signalled, moments } = await runWatched(loaded, flags);
  if (exports) await keepReportPage(loaded, report, moments);
  console.log(flags.json ? JSON.stringify(report, null, 2) : reportTable(report));
  sayInterrupted(report);
  process.exitCode = signalled || exitCodeOfReport(report);
  return report;
};

/** `out/report.html` beside `out/report.json`. */
const keepReportPage = async (
  { folder, config }: LoadedConfig,
  report: Report,
  moments: readonly Moment[],
): Promise<void> => {
  const { reportPage } = await import('../../../page/report/report-page.ts');
  const page = await reportPage(report, { thresholds: thresholdsOf(config, report), moments });
  await keepPage(resolve(folder, config.output.dir, 'report.html'), page);
};

/** What scores are held against, where the configuration or the run's own scores tell it. */
const thresholdsOf = ({ levels }: LoadedConfig['config'], { quality: { scores } }: Report): readonly number[] => {
  if (levels.by !== 'score') return [];
  if (levels.thresholds !== 'quantiles') return levels.thresholds;
  return levels.from === 'run' ? (scores.quintiles ?? []) : [];
};
