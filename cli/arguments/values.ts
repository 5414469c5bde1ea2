import { Option } from 'commander';
import { didYouMean } from '../../flow/settings/did-you-mean.ts';
import { UsageError } from '../config/error.ts';

/** A whole number, 1 or more, as a flag has it. Throws a UsageError. */
export const wholeNumber = (text: string, flag: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`${flag} ${text}: wants a whole number, 1 or more`);
};

/** A number from 0 to `most`, as a flag has it. Throws a UsageError. */
export const numberTo = (most: number, text: string, flag: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= most) return value;
  const limit = Number.isFinite(most) ? `from 0 to ${most}` : '0 or more';
  throw new UsageError(`${flag} ${text}: wants a number, ${limit}`);
};

/** An option whose value is one of these words; the nearest is named where it is none. */
export const oneOf = (flags: string, description: string, words: readonly string[]): Option =>
  new Option(flags, description).choices(words).argParser((word) => {
    if (words.includes(word)) return word;
    throw new UsageError(`${flags.split(' ')[0]} ${word}: ${didYouMean(word, words)}known: ${words.join(', ')}`);
  });
