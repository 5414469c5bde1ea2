import { Command } from 'commander';
import { startRehearsal } from '../../rehearsal/server.ts';
import { UsageError } from '../config/error.ts';
import { withExample } from './options.ts';

export const rehearseCommand = (): Command =>
  withExample(
    new Command('rehearse')
      .description('the simulated models alone, as an OpenAI-compatible server on loopback')
      .option('--port <number>', 'port on 127.0.0.1; 0 for any free one', '8000')
      .option('--seed <number>', 'what the answers are drawn from', '1')
      .option('--ability <share>', 'how able the student is, in [0, 1]')
      .option('--latency <milliseconds>', 'median time to an answer')
      .action(async (flags: Record<string, string | undefined>) => {
        const rehearsal = await startRehearsal({
          port: number(flags.port ?? '8000', '--port'),
          seed: number(flags.seed ?? '1', '--seed'),
          ...(flags.ability !== undefined && { ability: number(flags.ability, '--ability') }),
          ...(flags.latency !== undefined && { latency: { milliseconds: number(flags.latency, '--latency') } }),
        } as Parameters<typeof startRehearsal>[0]);
        console.log(rehearsal.url);
        console.error(
          'models: rehearsal-student, rehearsal-teacher (under /v1), rehearsal-prm (/pooling); Ctrl-C ends it',
        );
        await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
        await rehearsal.close();
      }),
    'sluice rehearse --port 8000 --ability 0.4',
  );

const number = (text: string, flag: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new UsageError(`${flag} ${text}: wants a number, 0 or more`);
  return value;
};
