import { createRequire } from 'node:module';

/** Loaded with the first pattern: most runs have none. */
const load = createRequire(import.meta.url);

/** A regular expression that is matched in time linear in the text, whatever it is: RE2's syntax, no look-around. */
export interface LinearPattern {
  test(text: string): boolean;
  /** Whether it matches from the text's beginning to its end. */
  isWhole(text: string): boolean;
}

/** Throws where it is none. */
export const linearPattern = (source: string, flags = ''): LinearPattern => {
  const { RE2JS } = load('re2js') as typeof import('re2js');
  const compiled = RE2JS.compile(
    source,
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
      (flags.includes('s') ? RE2JS.DOTALL : 0) |
      (flags.includes('m') ? RE2JS.MULTILINE : 0),
  );
  return { test: (text) => compiled.matcher(text).find(), isWhole: (text) => compiled.matcher(text).matches() };
};
