import { resolve } from 'node:path';
import type { Domain } from '../../domains/port.ts';
import { loadPlugin } from '../plugins/load-plugin.ts';
import type { OpenPlugin } from '../plugins/plugin.ts';
import { type Place, SettingsError } from './settings.ts';

/** The plugins that settings name, by paths relative to their folder. Throws a SettingsError that names the file. */
export const loadPlugins = (paths: readonly string[], folder: string, place: Place): readonly OpenPlugin[] => {
  const plugins = paths.map((path, index) => {
    try {
      return loadPlugin(resolve(folder, path));
    } catch (cause) {
      throw new SettingsError(`${place(['plugins', index])}: ${path}: ${(cause as Error).message}`, { cause });
    }
  });
  for (const [index, { name }] of plugins.entries()) {
    const first = plugins.findIndex((other) => other.name === name);
    if (first < index)
      throw new SettingsError(
        `${place(['plugins', index])}: ${paths[index]}: is called ${name}, as ${paths[first]} is`,
      );
  }
  return plugins;
};

/**
 * The domains of plugins. One that comes with Sluice may be replaced; one that the settings name too, or another plugin
 * brings, would be judged by whichever counts: a SettingsError.
 */
export const domainsOfPlugins = (
  plugins: readonly OpenPlugin[],
  { plugins: paths, domains: named }: { readonly plugins: readonly string[]; readonly domains: object },
  place: Place,
): readonly Domain[] => {
  const bringers = new Map<string, string>();
  for (const [index, plugin] of plugins.entries()) {
    for (const { name } of plugin.domains) {
      const other = Object.hasOwn(named, name) ? `domains.${name} does` : bringers.get(name);
      if (other !== undefined)
        throw new SettingsError(
          `${place(['plugins', index])}: ${paths[index]}: brings the domain ${name}, as ${other}: give one of them another name`,
        );
      bringers.set(name, `${paths[index]} does`);
    }
  }
  return plugins.flatMap(({ domains }) => domains);
};
