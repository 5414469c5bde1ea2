import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { LineCounter } from 'yaml';
import { checkMeaning } from '../../flow/settings/check-meaning.ts';
import { describeIssue } from '../../flow/settings/describe-issue.ts';
import { type Config, configSchema, scorerSchema } from '../../flow/settings/schema.ts';
import { shaping } from '../../flow/settings/shaping.ts';
import { UsageError } from './error.ts';
import { override } from './override.ts';
import { type Issue, type Place, placeIn } from './place.ts';
import { plainValue, readYaml } from './read-yaml.ts';
import { fillReferences, secretsIn } from './references.ts';

export interface LoadedConfig {
  readonly config: Config & { readonly run: string };
  /** The folder that relative paths are relative to. */
  readonly folder: string;
  readonly file: string;
  /** Says where a key stands, for faults that are found later. */
  readonly place: Place;
  /** Texts that belong into no log, no store and no message. */
  readonly secrets: readonly string[];
}

/**
 * Reads `sluice.yaml` with the command line's `--set key=value` on top. Throws a UsageError that names file, line and
 * key of each fault.
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
  const raw = withoutEmpty(plainValue(document, lines, file));
  const value = fillReferences(raw, environment, place);
  const secrets = secretsIn(raw, value, place);
  const parsed = configSchema.safeParse(value, { reportInput: true });
  if (!parsed.success)
    throw new UsageError(
      faultsIn(parsed.error.issues, value)
        .map((issue) => describeIssue(issue, raw, place))
        .join('\n'),
    );
  checkMeaning(parsed.data, place);
  return {
    config: { ...parsed.data, run: parsed.data.run ?? defaultName(parsed.data) },
    folder: dirname(resolve(file)),
    file,
    place,
    secrets,
  };
};

/** A section with nothing under it (`target:`) says as much as none. */
const withoutEmpty = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
    : value;

/** A scorer that names its kind is one scorer, and not one for each domain: what is wrong with it is said as such. */
const faultsIn = (issues: readonly Issue[], value: unknown): readonly Issue[] => {
  const { scorer } = value as { scorer?: unknown };
  if (typeof scorer !== 'object' || scorer === null || !('kind' in scorer)) return issues;
  const others = issues.filter((issue) => issue.path[0] !== 'scorer');
  const own = scorerSchema.safeParse(scorer, { reportInput: true }).error?.issues ?? [];
  return [...others, ...own.map((issue) => ({ ...issue, path: ['scorer', ...issue.path] }) as Issue)];
};

/** The same student and settings are the same run, however fast and dear; another student or other settings are not. */
const defaultName = (config: Config): string => {
  const { student } = config;
  const hash = createHash('sha256')
    .update(JSON.stringify(shaping(config)))
    .digest('hex');
  const slug = student.model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `${slug || 'run'}-${hash.slice(0, 8)}`;
};
