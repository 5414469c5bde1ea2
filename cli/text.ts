export { many, whole } from '../flow/wording.ts';

/** What came from outside, on one line and without anything that steers a terminal. */
export const plainLine = (text: string): string => withoutControls(text).trim();

/** Nor what turns the direction of the letters round: another answer would be shown than was given. */
export const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');

/** Seconds as the two largest units: `2 h 5 min`, `40 s`. */
export const duration = (seconds: number): string => {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  if (rounded < 86_400) return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
  return `${Math.floor(rounded / 86_400)} d ${Math.floor((rounded % 86_400) / 3600)} h`;
};

export const rate = (perSecond: number): string =>
  perSecond >= 10 || perSecond === 0 ? `${Math.round(perSecond)}/s` : `${perSecond.toFixed(1)}/s`;

/** 1,234,567 as `1.2 MB`. */
export const bytesText = (bytes: number): string => {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Math.round((10 * bytes) / 1000 ** step) / 10} ${units[step]}`;
};
const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
