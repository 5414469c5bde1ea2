import { DataError } from '../error.ts';
import * as all from './all.ts';
import type { Preset } from './preset.ts';

/** Every preset, by name. */
export const presets: readonly Preset[] = Object.values<Preset>(all).sort((one, other) =>
  one.name < other.name ? -1 : 1,
);

/** The preset of that name, of those that come with Sluice and those that are brought; throws a DataError that names them all. */
export const presetOf = (name: string, brought: readonly Preset[] = []): Preset => {
  const all = [...presets, ...brought];
  const found = all.findLast((preset) => preset.name === name);
  if (found) return found;
  const names = all.map((preset) => preset.name).join(', ');
  throw new DataError('preset-unknown', name, `is no preset; one of ${names}, or \`fields\` with generic.`);
};
