import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Domain, Domains } from '../../domains/port.ts';
import { DomainFault, domainsOf } from '../../domains/registry.ts';
import { checkMeaning } from './check-meaning.ts';
import { describeIssue } from './describe-issue.ts';
import { domainsOfPlugins, loadPlugins } from './load-plugins.ts';
import { type Config, configSchema, type SettingsInput, type TeacherConfig } from './schema.ts';
import { secretsAmong } from './secrets.ts';
import { scorerSchema } from './sections/scorer.ts';
import { teacherSchema } from './sections/teacher.ts';
import { type Issue, type Place, type Settings, SettingsError } from './settings.ts';
import { shaping } from './shaping.ts';

export interface ParseHow {
  /** What relative paths are relative to. Default: the working folder. */
  readonly folder?: string;
  readonly place?: Place;
  /** The same value as it was written, for messages: without what the environment put in. */
  readonly written?: unknown;
  readonly secrets?: readonly string[];
  /** Beside those that the settings say. */
  readonly domains?: readonly Domain[];
}

/** Settings as a program writes them, every default filled in. Throws a SettingsError that names each fault's key. */
export const settingsOf = (input: SettingsInput, how: Pick<ParseHow, 'folder' | 'domains'> = {}): Settings =>
  parseSettings(input, { ...how, secrets: secretsAmong(input) });

/** The same of a value that nobody has looked at. */
export const parseSettings = (value: unknown, how: ParseHow = {}): Settings => {
  const { folder = '.', place = plainPlace, written = value, secrets = [] } = how;
  const parsed = configSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const faults = faultsIn(parsed.error.issues, value).map((issue) => describeIssue(issue, written, place));
    throw new SettingsError(faults.join('\n'));
  }
  const plugins = loadPlugins(parsed.data.plugins, folder, place);
  const brought = plugins.map(({ name, version }) => ({ name, version }));
  const config = { ...withCascade(parsed.data), brought };
  const domains = domainsIn(config, [...domainsOfPlugins(plugins, parsed.data, place), ...(how.domains ?? [])]);
  checkMeaning(config, domains, place);
  return {
    config: { ...config, run: config.run ?? defaultName(config) },
    folder: resolve(folder),
    place,
    domains,
    plugins,
    secrets,
  };
};

const domainsIn = (config: Config, brought: readonly Domain[]): Domains => {
  try {
    return domainsOf(config.domains, brought);
  } catch (error) {
    if (error instanceof DomainFault) throw new SettingsError(error.message, { cause: error });
    throw error;
  }
};

const withCascade = ({ teacher: given, ...config }: ReturnType<typeof configSchema.parse>): Omit<Config, 'brought'> => {
  const [teacher, ...cascade] = Array.isArray(given) ? (given as [TeacherConfig, ...TeacherConfig[]]) : [given];
  return { ...config, teacher, cascade };
};

/** The section `domains` alone. */
export const parseDomains = (value: unknown): Config['domains'] => {
  const parsed = configSchema.shape.domains.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => ({ ...issue, path: ['domains', ...issue.path] }) as Issue);
  throw new SettingsError(faults.map((issue) => describeIssue(issue, { domains: value }, plainPlace)).join('\n'));
};

const plainPlace: Place = (path) => (path.length === 0 ? 'the settings' : path.join('.'));

/**
 * A scorer that names its kind is one scorer, and not one for each domain; a teacher that is no list is one teacher: what
 * is wrong with it is said as such.
 */
const faultsIn = (issues: readonly Issue[], value: unknown): readonly Issue[] => {
  const { scorer, teacher } = (value ?? {}) as { scorer?: unknown; teacher?: unknown };
  const isOne = typeof scorer === 'object' && scorer !== null && 'kind' in scorer;
  const teachers = Array.isArray(teacher) ? z.array(teacherSchema) : teacherSchema;
  const said = isOne ? faultsOf(issues, 'scorer', scorer, scorerSchema) : issues;
  return teacher === undefined ? said : faultsOf(said, 'teacher', teacher, teachers);
};

/** The faults of one section as another schema finds them, among those of the others. */
const faultsOf = (issues: readonly Issue[], section: string, value: unknown, schema: z.ZodType): readonly Issue[] => {
  const others = issues.filter((issue) => issue.path[0] !== section);
  const own = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  return [...others, ...own.map((issue) => ({ ...issue, path: [section, ...issue.path] }) as Issue)];
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
