import { relative } from 'node:path';
import { Command } from 'commander';
import type { OpenPlugin } from '../../../flow/plugins/plugin.ts';
import { configured, lookAt, withExample } from '../../arguments/options.ts';

export const pluginsCommand = (): Command =>
  withExample(
    new Command('plugins').description('the files of TypeScript under `plugins`').addCommand(listCommand()),
    'sluice plugins list',
  );

const listCommand = (): Command =>
  withExample(
    configured('list', 'loads each, and shows what it brings')
      .option('--json', 'prints it as JSON')
      .action((flags: { config: string; json?: boolean }) => {
        const { plugins, folder } = lookAt(flags);
        const told = plugins.map((plugin) => broughtBy(plugin, folder));
        if (flags.json) console.log(JSON.stringify(told, null, 2));
        else console.log(told.length === 0 ? 'no plugins' : told.map(lineOf).join('\n'));
      }),
    'sluice plugins list -c sluice.yaml',
  );

const broughtBy = ({ name, version, file, ...brings }: OpenPlugin, folder: string) => ({
  ...{ name, version, file: relative(folder, file) },
  domains: brings.domains.map((one) => one.name),
  presets: brings.presets.map((one) => one.name),
  exporters: brings.exporters.map((one) => one.name),
  processors: brings.processors.map((one) => `${one.name} after ${one.after}`),
});

const lineOf = ({ name, version, file, ...brings }: ReturnType<typeof broughtBy>): string => {
  const parts = Object.entries(brings).flatMap(([what, names]) =>
    names.length === 0 ? [] : [`${what}: ${names.join(', ')}`],
  );
  return `${name}${version && ` ${version}`} (${file})  ${parts.join('; ') || 'brings nothing'}`;
};
