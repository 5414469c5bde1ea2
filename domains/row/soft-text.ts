/**
 * A value of an optional column as text: a list of texts with commas between them; null for whatever is no text. What
 * stands beside a sound statement and answer never costs the problem.
 */
export const softText = (value: unknown): string | null => {
  if (typeof value === 'string') return value.includes('\0') ? null : value.toWellFormed();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return exactNumber(value);
  if (!Array.isArray(value) || value.length > maxItems) return null;
  const items = value.map((one) => (Array.isArray(one) ? null : softText(one)));
  return items.length === 0 || items.includes(null) ? null : items.join(', ');
};

const maxItems = 100;

const exactNumber = (value: number): string | null =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? String(value) : null;

/** Whether there is anything: an empty text, list or object says nothing, as null does. */
export const isThere = (value: unknown): boolean => {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || value instanceof Error || Object.keys(value).length > 0;
};
