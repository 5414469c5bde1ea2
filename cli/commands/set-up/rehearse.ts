import { Command } from 'commander';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { withExample } from '../../arguments/options.ts';
import { numberTo } from '../../arguments/values.ts';
import { UsageError } from '../../config/error.ts';

/** A timer takes no more. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

export const rehearseCommand = (): Command =>
  withExample(
    new Command('rehearse')
      .description('the simulated models alone, as an OpenAI-compatible server on loopback')
      .option('--port <number>', 'port on 127.0.0.1; 0 for any free one', '8000')
      .option('--seed <number>', 'what the answers are drawn from', '1')
      .option('--ability <share>', 'how able the student is, in [0, 1]')
      .option('--latency <milliseconds>', 'median time to an answer')
      .action(async (flags: Record<string, string | undefined>) => {
        const port = numberTo(65_535, flags.port ?? '8000', '--port');
        const rehearsal = await startRehearsal({
          port,
          seed: numberTo(Number.MAX_SAFE_INTEGER, flags.seed ?? '1', '--seed'),
          ...(flags.ability !== undefined && { ability: numberTo(1, flags.ability, '--ability') }),
          ...(flags.latency !== undefined && {
            latency: { milliseconds: numberTo(LONGEST_MILLISECONDS, flags.latency, '--latency') },
          }),
        } as Parameters<typeof startRehearsal>[0]).catch((error: NodeJS.ErrnoException) => {
          if (error.syscall !== 'listen') throw error;
          throw new UsageError(
            `--port ${port}: cannot listen there (${error.code}); name another, or 0 for any free one`,
          );
        });
        console.log(rehearsal.url);
        console.error(
          'models: rehearsal-student, rehearsal-teacher (under /v1), rehearsal-prm (/pooling); Ctrl-C ends it',
        );
        await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
        await rehearsal.close();
      }),
    'sluice rehearse --port 8000 --ability 0.4',
  );
