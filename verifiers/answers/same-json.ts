/** How far numbers may be apart, and whether the order of lists counts. */
export interface Sameness {
  readonly absolute: number;
  readonly relative: number;
  readonly lists: 'ordered' | 'any-order';
}

/** Deeper than this nothing is compared. */
const DEEPEST = 200;

/** Where two JSON values first differ, as a path (`$.a[2]`); null where they are the same. */
export const differenceOf = (given: unknown, wanted: unknown, how: Sameness, path = '$', depth = 0): string | null => {
  if (depth > DEEPEST) return path;
  if (typeof given === 'number' && typeof wanted === 'number') {
    const allowed = Math.max(how.absolute, how.relative * Math.abs(wanted));
    return Math.abs(given - wanted) <= allowed ? null : path;
  }
  if (Array.isArray(given) && Array.isArray(wanted)) return listDifference(given, wanted, how, path, depth);
  if (isObject(given) && isObject(wanted)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(given)])) {
      const here = `${path}.${key}`;
      if (!Object.hasOwn(given, key) || !Object.hasOwn(wanted, key)) return here;
      const found = differenceOf(given[key], wanted[key], how, here, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  return given === wanted ? null : path;
};

/** Beyond this the order of a list counts: pairing costs the square of its length. */
const MOST_PAIRED = 200;

const listDifference = (
  given: readonly unknown[],
  wanted: readonly unknown[],
  how: Sameness,
  path: string,
  depth: number,
): string | null => {
  if (given.length !== wanted.length) return path;
  if (how.lists === 'ordered' || wanted.length > MOST_PAIRED) {
    for (const [index, one] of wanted.entries()) {
      const found = differenceOf(given[index], one, how, `${path}[${index}]`, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  const left = [...given];
  for (const [index, one] of wanted.entries()) {
    const at = left.findIndex((other) => differenceOf(other, one, how, path, depth + 1) === null);
    if (at < 0) return `${path}[${index}]`;
    left.splice(at, 1);
  }
  return null;
};

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
