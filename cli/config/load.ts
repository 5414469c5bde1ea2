import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { checkMeaning } from './check-meaning.ts';
import { describeIssue } from './describe-issue.ts';
import { UsageError } from './error.ts';
import type { Issue, Place } from './place.ts';
import { fillReferences, secretsIn } from './references.ts';
import { type Config, configSchema, scorerSchema } from './schema.ts';

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
  const document = parseDocument(readConfig(file), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new UsageError(`${file}:${broken.linePos?.[0].line ?? 1}: not valid YAML: ${broken.message.split('\n')[0]}`);
  if (document.contents === null) throw new UsageError(`${file}: is empty; \`sluice init\` writes one to start from`);
  for (const set of sets) applySet(document, set);
  const place = placeIn(document, lines, file);
  const raw = withoutEmpty(plainValue(document, file));
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

const readConfig = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new UsageError(`${file}: is not UTF-8; convert it (iconv -t UTF-8), or check that it is the right file`);
    if (code === 'ENOENT')
      throw new UsageError(`${file}: no such file; \`sluice init\` writes one to start from, -c names another`);
    if (code === 'EISDIR') throw new UsageError(`${file}: is a folder; -c wants the file in it`);
    throw new UsageError(`${file}: cannot be read (${code}); check its permissions`);
  }
};

/** Throws where the file's aliases would grow it beyond measure. */
const plainValue = (document: Document, file: string): unknown => {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${file}: cannot be resolved: ${(error as Error).message}; write it without so many aliases`);
  }
};

const applySet = (document: Document, set: string): void => {
  const at = set.indexOf('=');
  if (at < 1) throw new UsageError(`--set ${set}: wants key=value, such as --set target.records=500`);
  const path = set.slice(0, at).split('.');
  const value = parseDocument(set.slice(at + 1));
  if (value.errors.length > 0) throw new UsageError(`--set ${set}: the value is not valid YAML`);
  try {
    document.setIn(
      path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      value.toJS(),
    );
  } catch {
    throw new UsageError(`--set ${set}: ${path.slice(0, -1).join('.')} is not a group of keys`);
  }
};

const placeIn =
  (document: Document, lines: LineCounter, file: string): Place =>
  (path) => {
    // The nearest key that stands in the file: a missing one has its parent's line.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      const start = node?.range?.[0];
      if (start === undefined) continue;
      return `${file}:${lines.linePos(start).line}: ${path.join('.') || 'the file'}`;
    }
    return `${file}: ${path.join('.')}`;
  };

/** The same student and settings are the same run; another student or other settings are another one. */
const defaultName = ({ student, scorer, levels, target, teacher }: Config): string => {
  const { apiKey: _student, ...asked } = student;
  const { apiKey: _teacher, ...taught } = teacher;
  const hash = createHash('sha256')
    .update(JSON.stringify([asked, scorer, levels, target, taught]))
    .digest('hex');
  const slug = student.model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `${slug || 'run'}-${hash.slice(0, 8)}`;
};
