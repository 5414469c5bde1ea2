import type { Command } from 'commander';
import pc from 'picocolors';
import { statusOfRun } from '../../../flow/application.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { occupiedBy, occupiedText } from '../../topics/occupied.ts';
import { drawStatus } from '../../view/screen/draw-status.ts';

export const statusCommand = (): Command =>
  withExample(
    configured('status', 'where every record of a run is now; reads only, also while another process works on it')
      .option('--json', 'prints the status as JSON')
      .action(async (flags: ConfigOptions & { json?: boolean }) => {
        const loaded = lookAt(flags);
        const [run, occupies] = [await statusOfRun(loaded), await occupiedBy(loaded)];
        const status = { ...run, ...(occupies && { occupies }) };
        if (flags.json) console.log(JSON.stringify(status, null, 2));
        else {
          console.log(drawStatus(run, columns(), pc.createColors(usesColor())).join('\n'));
          if (occupies) console.log(occupiedText(occupies));
        }
      }),
    'sluice status -c sluice.yaml --json',
  );

const columns = (): number => (process.stdout.isTTY ? process.stdout.columns : 100);
const usesColor = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;
