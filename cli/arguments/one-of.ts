import { Option } from 'commander';
import { didYouMean } from '../../flow/settings/did-you-mean.ts';
import { UsageError } from '../config/error.ts';

/** An option whose value is one of these words; the nearest is named where it is none. */
export const oneOf = (flags: string, description: string, words: readonly string[]): Option =>
  new Option(flags, description).choices(words).argParser((word) => {
    if (words.includes(word)) return word;
    throw new UsageError(`${flags.split(' ')[0]} ${word}: ${didYouMean(word, words)}known: ${words.join(', ')}`);
  });
