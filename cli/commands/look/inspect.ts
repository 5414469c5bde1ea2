import type { Command } from 'commander';
import { trailOf } from '../../../flow/status/trail.ts';
import { attach } from '../../../flow/store/attach.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import { drawTrail } from '../../view/screen/draw-trail.ts';

export const inspectCommand = (): Command =>
  withExample(
    configured('inspect', "one problem's whole way: attempts, verdicts, scores, level, decision, teacher, and why")
      .argument('<id>', 'the id of the problem, as in cot.jsonl')
      .option('--json', 'prints everything, texts whole, as JSON')
      .action(async (id: string, flags: ConfigOptions & { json?: boolean }) => {
        const loaded = load(flags);
        const transport = await attach(loaded);
        try {
          const trail = await trailOf(transport, loaded.config.run, id);
          if (!trail)
            throw new UsageError(`${id}: no problem of this id is in the store; ids are in out/cot.jsonl and the logs`);
          console.log(flags.json ? JSON.stringify(trail, null, 2) : drawTrail(trail).join('\n'));
        } finally {
          await transport.close();
        }
      }),
    'sluice inspect 3f1c0a5be0d94c7f8a2b6d1e5c4f7a90 --json',
  );
