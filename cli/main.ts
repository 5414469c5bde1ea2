import { Command, CommanderError } from 'commander';
import { withExample } from './arguments/options.ts';
import { exitCodeOf, explainError } from './exit.ts';
import { withoutControls } from './text.ts';
import { version } from './version.ts';

export { endWithOutput } from './closed-pipe.ts';

/** Runs the command line; the exit code is left on the process. */
export const run = async (args: readonly string[]): Promise<void> => {
  try {
    const program = await commandLine(args[0]);
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      console.error(harmless(explainError(error)));
      process.exitCode = exitCodeOf(error);
    }
  }
};

/** Messages quote files and endpoints: nothing that steers a terminal gets through. */
const harmless = (text: string): string => text.split('\n').map(withoutControls).join('\n');

/** Every command, or the wanted one alone; wrong usage throws instead of ending the process. */
export const commandLine = async (wanted?: string): Promise<Command> => {
  const program = new Command('sluice')
    .description('Chain-of-thought training data in the proportions that the student needs.')
    .version(version());
  const one = commands.find(([name]) => name === wanted);
  for (const [, load] of one ? [one] : commands) program.addCommand(await load());
  withExample(program, 'sluice init && sluice doctor && sluice run');
  prepare(program, 'sluice');
  return program;
};

/** Wrong usage throws, and names the help that tells the right one. */
const prepare = (command: Command, name: string): void => {
  command
    .exitOverride()
    .showHelpAfterError(`(${name} --help shows ${command.commands.length > 0 ? 'all commands' : 'how'})`);
  for (const inner of command.commands) prepare(inner, `${name} ${inner.name()}`);
};

/** In the order of the help. Only what is called is loaded: a process that starts again flows the sooner for it. */
const commands: readonly (readonly [name: string, load: () => Promise<Command>])[] = [
  ['run', async () => (await import('./commands/run/run.ts')).runCommand()],
  ['demo', async () => (await import('./commands/run/demo.ts')).demoCommand()],
  ['init', async () => (await import('./commands/set-up/init.ts')).initCommand()],
  ['ingest', async () => (await import('./commands/run/ingest.ts')).ingestCommand()],
  ['problems', async () => (await import('./commands/run/problems.ts')).problemsCommand()],
  ['replay', async () => (await import('./commands/run/run.ts')).replayCommand()],
  ['plan', async () => (await import('./commands/look/plan.ts')).planCommand()],
  ['evaluate', async () => (await import('./commands/run/evaluate.ts')).evaluateCommand()],
  ['verify', async () => (await import('./commands/look/verify.ts')).verifyCommand()],
  ['status', async () => (await import('./commands/look/status.ts')).statusCommand()],
  ['page', async () => (await import('./commands/look/page.ts')).pageCommand()],
  ['inspect', async () => (await import('./commands/look/inspect.ts')).inspectCommand()],
  ['dead-letters', async () => (await import('./commands/run/dead-letters.ts')).deadLettersCommand()],
  ['doctor', async () => (await import('./commands/set-up/doctor.ts')).doctorCommand()],
  ['topics', async () => (await import('./commands/set-up/topics.ts')).topicsCommand()],
  ['rehearse', async () => (await import('./commands/set-up/rehearse.ts')).rehearseCommand()],
  ['levels', async () => (await import('./commands/look/levels.ts')).levelsCommand()],
  ['compare', async () => (await import('./commands/look/compare.ts')).compareCommand()],
  ['export', async () => (await import('./commands/run/export.ts')).exportCommand()],
  ['target', async () => (await import('./commands/run/target.ts')).targetCommand()],
  ['plugins', async () => (await import('./commands/set-up/plugins.ts')).pluginsCommand()],
  ['config', async () => (await import('./commands/set-up/config.ts')).configCommand()],
];
