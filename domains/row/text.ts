import { parseJson } from './json-text.ts';
import { RowFault } from './row-fault.ts';

/** A value as text, numbers included; null where there is none. Throws a RowFault on anything else. */
export const optionalText = (value: unknown, field: string): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return checked(value, field);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return numberText(value, field);
  if (value instanceof Error) throw new RowFault('invalid-utf8', `${field} is not UTF-8; convert the file.`);
  throw new RowFault('wrong-type', `${field} is ${kindOf(value)}; text is wanted.`);
};

/** The same where there must be some. */
export const text = (value: unknown, field: string): string => {
  const found = optionalText(value, field);
  if (found === null) throw new RowFault('missing-field', `${field} is not there; name its column with \`fields\`.`);
  if (found.trim() === '') throw new RowFault('empty-field', `${field} is empty; fill it in or leave the row out.`);
  return found;
};

/** A list of texts: an array, or an array written as JSON text (so in CSV). */
export const texts = (value: unknown, field: string): readonly string[] => {
  const list = typeof value === 'string' ? parsed(value, field) : value;
  if (!Array.isArray(list)) throw new RowFault('wrong-type', `${field} is ${kindOf(list)}; a list of texts is wanted.`);
  return list.map((one, index) => text(one, `${field}[${index}]`));
};

export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

const checked = (value: string, field: string): string => {
  if (value.includes('\0')) throw new RowFault('nul-byte', `${field} holds a NUL character; take it out.`);
  // A lone surrogate cannot be written as UTF-8, so that the text would change on its way.
  return value.toWellFormed();
};

const numberText = (value: number, field: string): string => {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new RowFault('wrong-type', `${field} is a number too large to be read exactly; write it as text.`);
  return String(value);
};

const parsed = (value: string, field: string): unknown => {
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof RowFault) throw error;
    throw new RowFault('wrong-type', `${field} is text that is no JSON; a list of texts is wanted.`);
  }
};
