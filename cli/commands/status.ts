import type { Command } from 'commander';
import pc from 'picocolors';
import { statusReader } from '../../flow/status/run-status.ts';
import type { Status } from '../../flow/status/status.ts';
import { attach } from '../../flow/store/attach.ts';
import type { LoadedConfig } from '../config/load.ts';
import { drawStatus } from '../view/draw-status.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

export const statusCommand = (): Command =>
  withExample(
    configured('status', 'where every record of a run is now; reads only, also while another process works on it')
      .option('--json', 'prints the status as JSON')
      .action(async (flags: ConfigOptions & { json?: boolean }) => {
        const status = await look(load(flags));
        if (flags.json) console.log(JSON.stringify(status, null, 2));
        else console.log(drawStatus(status, columns(), pc.createColors(usesColor())).join('\n'));
      }),
    'sluice status -c sluice.yaml --json',
  );

const look = async (loaded: LoadedConfig): Promise<Status> => {
  const transport = await attach(loaded);
  try {
    return await (await statusReader(loaded, transport))();
  } finally {
    await transport.close();
  }
};

const columns = (): number => (process.stdout.isTTY ? process.stdout.columns : 100);
const usesColor = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;
