import { createHash } from 'node:crypto';
import { shaping } from '../../../flow/settings/shaping.ts';
import { waysOf } from '../../../flow/status/way-of-all.ts';
import { attach } from '../../../flow/store/attach.ts';
import { wholeNumber } from '../../arguments/values.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { exitCodeOfReport } from '../../exit.ts';
import { drawWay } from '../../view/screen/draw-way.ts';
import { reportTable } from '../../view/tables/report-table.ts';
import { type RunFlags, runWatched, sayInterrupted } from './run-watched.ts';

/**
 * Goes the whole way with a few problems, whatever their level, as a run of its own that writes no files, and shows
 * what both models made of them. What was answered is in the journal: the run itself does not pay for it again.
 */
export const runPreview = async (loaded: LoadedConfig, flags: RunFlags): Promise<void> => {
  const problems = wholeNumber(flags.preview ?? '', '--preview');
  const settings = previewOf(loaded, problems);
  const { report, signalled } = await runWatched(settings, {
    ...{ ingest: true, limit: String(problems), yes: true, stages: STAGES },
    ...(flags.listen !== undefined && { listen: flags.listen }),
    ...(flags.wait !== undefined && { wait: flags.wait }),
    ...(flags.grace !== undefined && { grace: flags.grace }),
  });
  const transport = await attach(settings);
  try {
    const ways = await waysOf(transport);
    console.log(
      flags.json
        ? JSON.stringify({ report, problems: ways }, null, 2)
        : [...ways.flatMap((way) => [...drawWay(way), '']), reportTable(report)].join('\n'),
    );
  } finally {
    await transport.close();
  }
  sayInterrupted(report);
  const ended = exitCodeOfReport(report);
  process.exitCode = signalled || (ended === 3 ? 0 : ended);
};

/** All but what writes files. */
const STAGES = 'ingest,grade,score,level,sample,generate';

/** Other settings are another preview; the same ones show the same again, and ask nobody. */
const previewOf = (loaded: LoadedConfig, problems: number): LoadedConfig => {
  const { config } = loaded;
  const { levels, target } = config;
  const shape = JSON.stringify([shaping(config), config.problems, problems]);
  const hash = createHash('sha256').update(shape).digest('hex').slice(0, 8);
  return {
    ...loaded,
    config: {
      ...config,
      run: `${config.run.slice(0, 40)}-preview-${hash}`,
      levels: levels.thresholds === 'quantiles' ? { ...levels, thresholds: [0.2, 0.4, 0.6, 0.8] } : levels,
      target: { ...target, records: problems, distribution: 'natural', admit: 'streaming', by: undefined },
    },
  };
};
