import { dirname } from 'node:path';
import { LineCounter } from 'yaml';
import { parseSettings } from '../../flow/settings/parse.ts';
import { isPassedOn, isSecretKey } from '../../flow/settings/secrets.ts';
import type { Settings } from '../../flow/settings/settings.ts';
import { override } from './override.ts';
import { placeIn } from './place.ts';
import { plainValue, readYaml } from './read-yaml.ts';
import { fillReferences, secretsIn } from './references.ts';

export interface LoadedConfig extends Settings {
  readonly file: string;
}

/**
 * Reads `sluice.yaml` with the command line's `--set key=value` on top. To look at a run, models' keys may be missing
 * from the environment. Throws a UsageError or a SettingsError that
 * names file, line and key of each fault.
 */
export const loadConfig = (
  file: string,
  sets: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  purpose: 'work' | 'look' = 'work',
): LoadedConfig => {
  const lines = new LineCounter();
  const document = readYaml(file, lines);
  const overridden = sets.map((set) => override(document, set));
  const place = placeIn(document, lines, file, overridden);
  const written = withoutEmpty(plainValue(document, lines, file));
  const needed = purpose === 'work' ? () => true : neededToLook(written);
  const value = fillReferences(written, { environment, place, needed });
  const secrets = secretsIn(written, value, place);
  return { ...parseSettings(value, { folder: dirname(file), place, written, secrets }), file };
};

/**
 * Who looks needs what leads to the run, and no model's keys: the way to its transport, and where the run has no name
 * of its own what the name is made of.
 */
const neededToLook =
  (written: unknown) =>
  (path: readonly PropertyKey[]): boolean => {
    const isNamed = (written as { run?: unknown } | null)?.run !== undefined;
    const isKey = isSecretKey(path) || path.includes('headers');
    return path[0] === 'transport' || !(isKey || (isNamed && isPassedOn(path)));
  };

/** A section with nothing under it (`target:`) says as much as none. */
const withoutEmpty = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
    : value;
