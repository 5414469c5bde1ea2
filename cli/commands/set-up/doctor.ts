import type { Command } from 'commander';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { isUsage } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { type Check, checked, ok, wrong } from '../../doctor/check.ts';
import { checkCounts } from '../../doctor/check-counts.ts';
import { checkData } from '../../doctor/check-data.ts';
import { checkEndpoints } from '../../doctor/check-endpoints.ts';
import { checkPlaces } from '../../doctor/check-places.ts';
import { checkSandbox } from '../../doctor/check-sandbox.ts';
import { checkStore } from '../../doctor/check-store.ts';
import { plainLine } from '../../text.ts';

export const doctorCommand = (): Command =>
  withExample(
    configured('doctor', 'checks configuration, data, endpoints (one token each), store, sandbox and disk')
      .option('--json', 'prints the checks as JSON')
      .action(async (flags: ConfigOptions & { json?: boolean }) => {
        const checks: Check[] = [];
        const add = (...more: readonly Check[]): void => {
          checks.push(...more);
          if (!flags.json) for (const one of more) console.log(lineOf(one));
        };
        try {
          await examine(load(flags), add);
        } catch (error) {
          if (!isUsage(error)) throw error;
          add(...error.message.split('\n').map((line) => wrong('config', line)));
          process.exitCode = 2;
        }
        if (flags.json) console.log(JSON.stringify(checks, null, 2));
        if (checks.some((one) => one.verdict === 'wrong')) process.exitCode ??= 1;
      }),
    'sluice doctor -c sluice.yaml',
  );

const examine = async (loaded: LoadedConfig, add: (...checks: readonly Check[]) => void): Promise<void> => {
  add(ok('config', `${loaded.file}: the run "${loaded.config.run}"`));
  const data = await checkData(loaded);
  add(...data.checks);
  const { check, transport } = await checkStore(loaded, Date.now());
  add(check);
  try {
    if (transport) add(...(await checked('counts', () => checkCounts(loaded, transport, Date.now()))));
    const remembered = transport?.table('settings') ?? null;
    add(...(await checkEndpoints(loaded, remembered, new AbortController().signal)));
  } finally {
    await transport?.close();
  }
  add(...(await checked('sandbox', () => checkSandbox(data.domains))));
  add(...checkPlaces(loaded));
};

const lineOf = ({ what, verdict, message }: Check): string =>
  `${verdict.padEnd(7)}  ${what.padEnd(12)}  ${plainLine(message)}`;
