import { didYouMean } from './did-you-mean.ts';
import { knownKeys } from './known-keys.ts';
import type { Issue, Place } from './settings.ts';

/** One fault of the configuration as a line: where, what was found, what is allowed, the nearest known key. */
export const describeIssue = (issue: Issue, value: unknown, place: Place): string => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, issue.path, value, place)).join('\n');
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return describeUnion(issue, value, place);
  return `${place(issue.path)}: ${wanted(issue)}${found(valueAt(value, issue.path), wordsOf(issue))}`;
};

const unknownKey = (key: string, path: readonly PropertyKey[], value: unknown, place: Place): string => {
  const known = knownKeys(path, value);
  return `${place([...path, key])}: unknown key; ${didYouMean(key, known)}known here: ${known.join(', ')}`;
};

/** The branch that fits best says what is wrong; where none fits better than the others, all that is allowed is named. */
const describeUnion = (issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown, place: Place): string => {
  const branches = (issue.errors as Issue[][]).toSorted((a, b) => unfitness(a) - unfitness(b));
  const [best, second] = branches;
  if (best && unfitness(best) < ANOTHER_TYPE && (!second || unfitness(best) < unfitness(second))) {
    const within = best.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
    return within.map((one) => describeIssue(one, value, place)).join('\n');
  }
  const options = branches.flatMap((errors) => errors.filter((one) => one.path.length === 0).map(wanted));
  const words = branches.flat().flatMap((one) => (one.path.length === 0 ? wordsOf(one) : []));
  return `${place(issue.path)}: ${alternatives(options) || issue.message}${found(valueAt(value, issue.path), words)}`;
};

/** `wants at most 1`, `wants number` as `wants at most 1, or number`. */
const alternatives = (wishes: readonly string[]): string =>
  [...new Set(wishes)].map((wish, index) => (index === 0 ? wish : wish.replace(/^wants /, ''))).join(', or ');

const ANOTHER_TYPE = 100;

/** How far a value is from a branch: faults, unknown keys one by one; another type altogether is the farthest. */
const unfitness = (errors: readonly Issue[]): number => {
  let sum = 0;
  for (const one of errors) {
    const isAnother = one.path.length === 0 && (one.code === 'invalid_type' || one.code === 'invalid_value');
    sum += isAnother ? ANOTHER_TYPE : one.code === 'unrecognized_keys' ? one.keys.length : 1;
  }
  return sum;
};

const wanted = (issue: Issue): string => {
  if (issue.code === 'invalid_union' && 'options' in issue)
    return `wants ${(issue.options as unknown[]).map((one) => JSON.stringify(one)).join(', ')}`;
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? `is missing (${issue.expected} wanted)` : `wants ${issue.expected}`;
  if (issue.code === 'invalid_value') return `wants ${issue.values.map((one) => JSON.stringify(one)).join(', ')}`;
  if (issue.code === 'too_small') return `wants ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `wants ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'wants an http or https URL';
  return issue.message;
};

/** The words that are allowed; none where another kind of value is. */
const wordsOf = (issue: Issue): string[] => {
  const values: readonly unknown[] =
    issue.code === 'invalid_value' ? issue.values : 'options' in issue ? (issue.options as unknown[]) : [];
  return values.filter((one) => typeof one === 'string');
};

const found = (value: unknown, words: readonly string[]): string => {
  if (value === undefined) return '';
  const hint = typeof value === 'string' ? didYouMean(value, words).trim() : '';
  return `, found ${shown(value)?.slice(0, 80)}${hint && `; ${hint}`}`;
};

/** JSON has no word for numbers without end. */
const shown = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], value);
