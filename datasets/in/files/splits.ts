/** What a data set is read for: of a folder with several splits the one that is meant for it. */
export type Split = 'train' | 'test';

/** A file and the split that it is of, by the card or by its name; null where neither says one. */
export interface SplitFile {
  readonly path: string;
  readonly split: string | null;
}

const keywords = [
  ['train', /(?<![a-z\d])train(?:ing)?(?![a-z\d])/i],
  ['validation', /(?<![a-z\d])(?:validation|valid|val|dev)(?![a-z\d])/i],
  ['test', /(?<![a-z\d])(?:test(?:ing)?|eval(?:uation)?)(?![a-z\d])/i],
] as const;

/** The split that a file's path within its folder names, as the Hugging Face Hub takes it. */
export const splitNamed = (path: string): string | null =>
  keywords.find(([, pattern]) => pattern.test(path))?.[0] ?? null;

const wanted: Readonly<Record<Split, readonly string[]>> = { train: ['train'], test: ['test', 'validation'] };
const known: readonly (string | null)[] = keywords.map(([name]) => name);

/**
 * The files to read: those of the wanted split, for training also such as name none; else those that name none, else
 * all. Null where all of them name several others, so that taking them would be a mistake.
 */
export const filesOfSplit = (files: readonly SplitFile[], split: Split): readonly string[] | null => {
  const unnamed = files.filter((file) => !known.includes(file.split));
  for (const name of wanted[split]) {
    const named = files.filter((file) => file.split === name);
    if (named.length > 0) return pathsOf(split === 'train' ? [...named, ...unnamed] : named);
  }
  if (unnamed.length > 0) return pathsOf(unnamed);
  return new Set(files.map((file) => file.split)).size > 1 ? null : pathsOf(files);
};

const pathsOf = (files: readonly SplitFile[]): readonly string[] => files.map(({ path }) => path);
