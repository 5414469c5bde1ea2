import { isPassedOn, isSecretKey, looksSecret, secretsInUrl } from '../../flow/settings/secrets.ts';
import type { Place } from '../../flow/settings/settings.ts';
import { UsageError } from './error.ts';

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/**
 * The secrets in the configuration: what keys hold, and what is passed on to servers from the environment or looks like
 * a secret. Throws a UsageError where a key's secret stands in the file itself.
 */
export const secretsIn = (raw: unknown, filled: unknown, place: Place): string[] => {
  const found: string[] = [];
  walk(raw, filled, [], (written, value, path) => {
    const isReference = reference.test(written);
    if (isSecretKey(path) && !isReference && !isPlaceholder(written, path))
      throw new UsageError(
        `${place(path)}: a secret must not stand in the file: write a reference to the environment, such as \${NAME}`,
      );
    const isFilled = isReference && value !== written;
    const isSecret = isReference ? isFilled && (isSecretKey(path) || isPassedOn(path)) : looksSecret(path, written);
    found.push(...(isSecret ? [value] : secretsInUrl(value)));
  });
  return found;
};

/** Local servers want any key at all (`x`, `EMPTY`): nobody's secret is as short. */
const isPlaceholder = (written: string, path: readonly PropertyKey[]): boolean =>
  path.at(-1) === 'apiKey' && written.length < SHORTEST_KEY;

const SHORTEST_KEY = 8;

const walk = (
  raw: unknown,
  filled: unknown,
  path: readonly PropertyKey[],
  visit: (raw: string, filled: string, path: readonly PropertyKey[]) => void,
): void => {
  if (typeof raw === 'string') visit(raw, String(filled), path);
  if (raw === null || typeof raw !== 'object') return;
  for (const [key, one] of Object.entries(raw)) {
    walk(one, (filled as Record<string, unknown>)[key], [...path, Array.isArray(raw) ? Number(key) : key], visit);
  }
};

/** What a missing variable means: who only looks at a run asks no model, and needs no key. */
export interface Filling {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly place: Place;
  readonly needed: (path: readonly PropertyKey[]) => boolean;
}

/**
 * Puts the environment's values where a whole text is `${NAME}`. Throws a UsageError where a variable that is needed is
 * not set: a run that finds out after an hour of work is worse.
 */
export const fillReferences = (value: unknown, filling: Filling, path: readonly PropertyKey[] = []): unknown => {
  if (typeof value === 'string') {
    const name = reference.exec(value)?.[1];
    if (name === undefined) return value;
    const found = filling.environment[name];
    if (found) return found;
    if (!filling.needed(path)) return value;
    throw new UsageError(`${filling.place(path)}: the environment variable ${name} is not set`);
  }
  if (Array.isArray(value)) return value.map((one, index) => fillReferences(one, filling, [...path, index]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fillReferences(one, filling, [...path, key])]),
  );
};
