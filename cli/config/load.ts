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

/** What for: all of a run's work, that of some stages alone, or to look at it. */
export type Purpose = 'work' | 'look' | readonly string[];

/**
 * Reads `sluice.yaml` with the command line's `--set key=value` on top. Keys of models that the purpose does not ask may
 * be missing from the environment. Throws a UsageError or a SettingsError that names file, line and key of each fault.
 */
export const loadConfig = (
  file: string,
  sets: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  purpose: Purpose = 'work',
): LoadedConfig => {
  const lines = new LineCounter();
  const document = readYaml(file, lines);
  const overridden = sets.map((set) => override(document, set));
  const place = placeIn(document, lines, file, overridden);
  const written = withoutEmpty(plainValue(document, lines, file));
  const needed = neededFor(purpose, written as Partial<Record<string, unknown>>);
  const value = fillReferences(written, { environment, place, needed });
  const secrets = secretsIn(written, value, place);
  return { ...parseSettings(value, { folder: dirname(file), place, written, secrets }), file };
};

/** Which references must be there. What shapes answers is compared with what the run was begun with, also unasked. */
const neededFor = (purpose: Purpose, { run, evaluation }: Partial<Record<string, unknown>>) => {
  const isAsked = (section: PropertyKey | undefined): boolean => {
    if (purpose === 'work' || section === 'transport') return true;
    const evaluates = purpose.includes('ingest') && evaluation !== undefined;
    return (
      purpose !== 'look' &&
      (stagesOf[String(section)] ?? purpose).some(
        (stage) => purpose.includes(stage) || (evaluates && stage !== 'generate'),
      )
    );
  };
  return (path: readonly PropertyKey[]): boolean => {
    if (isAsked(path[0])) return true;
    const isKey = isSecretKey(path) || path.includes('headers');
    return !isKey && !(isPassedOn(path) && purpose === 'look' && run !== undefined);
  };
};

/** Whose stages ask the model of a section. */
const stagesOf: Readonly<Record<string, readonly string[]>> = {
  student: ['grade'],
  scorer: ['score'],
  teacher: ['generate'],
  domains: ['grade', 'generate'],
};

/** A section with nothing under it (`target:`) says as much as none. */
const withoutEmpty = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
    : value;
