import type { Command } from 'commander';
import type { PilotProgress } from '../../../flow/forecast/ask-pilot.ts';
import type { Forecast } from '../../../flow/forecast/forecast.ts';
import { DEFAULT_PILOT, planRun } from '../../../flow/forecast/plan.ts';
import { checkSources } from '../../../flow/intake/check-sources.ts';
import type { ModelsAtWork } from '../../../flow/wiring/usage/usage-kept.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { wholeNumber } from '../../arguments/values.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { listenToSignals } from '../../signals.ts';
import { forecastTable } from '../../view/tables/forecast-table.ts';
import { tellCollector } from '../../view/telemetry/tell-collector.ts';
import { meter } from '../../view/watch/meter.ts';
import { callsOf, progressLine } from '../../view/watch/progress-line.ts';

interface PlanFlags extends ConfigOptions {
  readonly pilot: string;
  readonly json?: boolean;
}

export const planCommand = (): Command =>
  withExample(
    configured('plan', 'asks about some problems and says what the whole run comes to: calls, tokens, money, time')
      .option(
        '--pilot <number>',
        'how many problems are asked about; the run uses their answers',
        String(DEFAULT_PILOT),
      )
      .option('--json', 'prints the forecast as JSON')
      .action(async (flags: PlanFlags) => {
        const loaded = load(flags);
        const pilot = wholeNumber(flags.pilot, '--pilot');
        await checkSources(loaded, false);
        const found = await planned(loaded, pilot);
        console.log(flags.json ? JSON.stringify(found, null, 2) : forecastTable(found));
      }),
    'sluice plan -c sluice.yaml --pilot 50',
  );

const planned = async (loaded: LoadedConfig, pilot: number): Promise<Forecast> => {
  let atWork: ModelsAtWork | null = null;
  const events = meter();
  let done: PilotProgress = { problems: pilot, answered: 0, taught: 0 };
  const view = progressLine(process.stderr, async () => {
    const { problems, answered, taught } = done;
    return `${answered} of ${problems} answered, ${taught} taught; ${callsOf(atWork?.models.endpoints() ?? [])}`;
  });
  const sent = await tellCollector(loaded, {
    command: 'plan',
    stages: () => events.stages(performance.now()),
    models: () => atWork,
    tell: view.tell,
  });
  const signals = listenToSignals(view.tell);
  try {
    return await planRun(loaded, {
      pilot,
      stopping: signals.stopping,
      tell: view.tell,
      began: (asked) => {
        atWork = asked;
      },
      observe: (event) => {
        events.observe(event, performance.now());
        sent.observe(event);
      },
      progress: (asked) => {
        done = asked;
      },
    });
  } finally {
    await view.close();
    await sent.close();
    process.exitCode = signals.exitCode();
    signals.release();
  }
};
