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
