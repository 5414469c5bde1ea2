import { UsageError } from './error.ts';
import type { Place } from './place.ts';

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

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
