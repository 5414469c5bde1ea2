import type { Place } from '../../flow/settings/settings.ts';
import { UsageError } from './error.ts';

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Keys whose values are nobody's business: never written in the file itself, never logged or stored. */
const secretKeys = new Set(['apiKey', 'password']);

/**
 * The secrets among the values that came from the environment, and everything that `extraBody` takes from there.
 * Throws a UsageError where one stands in the file itself.
 */
export const secretsIn = (raw: unknown, filled: unknown, place: Place): string[] => {
  const found: string[] = [];
  walk(raw, filled, [], (written, value, path) => {
    const isSecret = secretKeys.has(String(path.at(-1)));
    const isReference = reference.test(written);
    if (isSecret && !isReference && !isPlaceholder(written, path))
      throw new UsageError(
        `${place(path)}: a secret must not stand in the file: write a reference to the environment, such as \${NAME}`,
      );
    if (isReference && (isSecret || path.includes('extraBody'))) found.push(value);
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

/**
 * Puts the environment's values where a whole text is `${NAME}`. Throws a UsageError where the variable is not set:
 * a run that finds out after an hour of work is worse.
 */
export const fillReferences = (
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  place: Place,
  path: readonly PropertyKey[] = [],
): unknown => {
  if (typeof value === 'string') {
    const name = reference.exec(value)?.[1];
    if (name === undefined) return value;
    const found = environment[name];
    if (found) return found;
    throw new UsageError(`${place(path)}: the environment variable ${name} is not set`);
  }
  if (Array.isArray(value)) return value.map((one, index) => fillReferences(one, environment, place, [...path, index]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fillReferences(one, environment, place, [...path, key])]),
  );
};
