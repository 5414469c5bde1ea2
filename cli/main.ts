import { Command, CommanderError } from 'commander';
import { compareCommand } from './commands/compare.ts';
import { configCommand } from './commands/config.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { ingestCommand } from './commands/ingest.ts';
import { initCommand } from './commands/init.ts';
import { inspectCommand } from './commands/inspect.ts';
import { withExample } from './commands/options.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { replayCommand, runCommand } from './commands/run.ts';
import { statusCommand } from './commands/status.ts';
import { targetCommand } from './commands/target.ts';
import { topicsCommand } from './commands/topics.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodeOf, explainError } from './exit.ts';
import { version } from './version.ts';
import { withoutControls } from './view/text.ts';

/** Runs the command line; the exit code is left on the process. */
export const run = async (args: readonly string[]): Promise<void> => {
  try {
    await commandLine().parseAsync([...args], { from: 'user' });
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

/** Every command; wrong usage throws instead of ending the process. */
export const commandLine = (): Command => {
  const program = new Command('sluice')
    .description('Chain-of-thought training data in the proportions that the student needs.')
    .version(version());
  for (const command of commands()) program.addCommand(command);
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

const commands = (): Command[] => [
  runCommand(),
  demoCommand(),
  initCommand(),
  ingestCommand(),
  replayCommand(),
  evaluateCommand(),
  verifyCommand(),
  statusCommand(),
  inspectCommand(),
  deadLettersCommand(),
  doctorCommand(),
  topicsCommand(),
  rehearseCommand(),
  compareCommand(),
  exportCommand(),
  targetCommand(),
  configCommand(),
];
