import { dirname } from 'node:path';
import { LineCounter } from 'yaml';
import { parseSettings } from '../../flow/settings/parse.ts';
import type { Settings } from '../../flow/settings/settings.ts';
import { override } from './override.ts';
import { placeIn } from './place.ts';
import { plainValue, readYaml } from './read-yaml.ts';
import { fillReferences, secretsIn } from './references.ts';

export interface LoadedConfig extends Settings {
  readonly file: string;
}

/**
 * Reads `sluice.yaml` with the command line's `--set key=value` on top. Throws a UsageError or a SettingsError that
 * names file, line and key of each fault.
 */
export const loadConfig = (
  file: string,
  sets: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LoadedConfig => {
  const lines = new LineCounter();
  const document = readYaml(file, lines);
  const overridden = sets.map((set) => override(document, set));
  const place = placeIn(document, lines, file, overridden);
  const written = withoutEmpty(plainValue(document, lines, file));
  const value = fillReferences(written, environment, place);
  const secrets = secretsIn(written, value, place);
  return { ...parseSettings(value, { folder: dirname(file), place, written, secrets }), file };
};

/** A section with nothing under it (`target:`) says as much as none. */
const withoutEmpty = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
    : value;
