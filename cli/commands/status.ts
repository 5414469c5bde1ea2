import type { Command } from 'commander';
import pc from 'picocolors';
import { keptAcceptance } from '../../flow/plan/acceptance.ts';
import { READ_UP_TO } from '../../flow/status/backlog.ts';
import { countReader } from '../../flow/status/counts.ts';
import { notesAtWork } from '../../flow/status/live-note.ts';
import { mergeNotes } from '../../flow/status/merge-notes.ts';
import { type Status, statusOf } from '../../flow/status/status.ts';
import { attach } from '../../flow/store/attach.ts';
import { usageOfRun } from '../../flow/wiring/usage-kept.ts';
import type { LoadedConfig } from '../config/load.ts';
import { drawStatus } from '../view/draw-status.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

/** So many unread problems are looked at one by one; of more the number is an upper bound. */
const EXACT_UP_TO = 200_000;

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
    const { run, budget } = loaded.config;
    const { accepts } = await keptAcceptance(loaded, transport);
    const exact = { exactUpTo: EXACT_UP_TO, backlogExactUpTo: READ_UP_TO };
    const counts = await countReader({ transport, run, accepts, ...exact })();
    const note = mergeNotes(await notesAtWork(transport, Date.now()));
    return statusOf({ run, counts, note, usage: await usageOfRun(transport), budget });
  } finally {
    await transport.close();
  }
};

const columns = (): number => (process.stdout.isTTY ? process.stdout.columns : 100);
const usesColor = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;
