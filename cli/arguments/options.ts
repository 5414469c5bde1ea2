import { Command } from 'commander';
import { type LoadedConfig, loadConfig, type Purpose } from '../config/load.ts';
import { maskOutput } from '../view/masked-output.ts';

export interface ConfigOptions {
  readonly config: string;
  readonly set?: readonly string[];
}

/** A command that reads `sluice.yaml`. */
export const configured = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('-c, --config <file>', 'the configuration', 'sluice.yaml')
    .option('--set <key=value>', 'overrides a key by its path; may be given again', collect);

/** What the command works with; none of its secrets is printed from here on. Some stages alone need their keys alone. */
export const load = ({ config, set = [] }: ConfigOptions, purpose: Purpose = 'work'): LoadedConfig =>
  withoutSecrets(loadConfig(config, set, process.env, purpose));

/** The same for a command that only looks at a run: it asks no model, and needs no key. */
export const lookAt = (options: ConfigOptions): LoadedConfig => load(options, 'look');

const withoutSecrets = (loaded: LoadedConfig): LoadedConfig => {
  maskOutput(loaded.secrets);
  return loaded;
};

/** For an option that may be given again. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The example at the end of a command's help. */
export const withExample = (command: Command, example: string): Command =>
  command.addHelpText('after', `\nExample:\n  ${example}\n`);
