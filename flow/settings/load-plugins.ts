import { resolve } from 'node:path';
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
