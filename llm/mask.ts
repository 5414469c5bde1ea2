/** Takes secrets out of a text, in whichever of their usual forms they stand there. */
export type Mask = (text: string) => string;

/** Shorter texts are no secrets but placeholders (`x`, `EMPTY`), and stand in every other word. */
const shortest = 8;
const stars = '***';

/**
 * One mask for every way out: terminal, log, store, files. It knows each secret as it is, its halves, as base64 at each
 * alignment (so also within `Bearer …`), in hexadecimal, and escaped for URLs, JSON and HTML. Linear in the text.
 */
export const maskOf = (secrets: readonly (string | undefined)[]): Mask => {
  const forms = [...new Set(secrets.flatMap((secret) => formsOf(secret?.trim() ?? '')))].sort(
    (a, b) => b.length - a.length,
  );
  if (forms.length === 0) return (text) => text;
  return (text) => {
    if (!forms.some((form) => text.includes(form))) return text;
    return forms.reduce((masked, form) => masked.replaceAll(form, stars), text);
  };
};

const formsOf = (secret: string): string[] => {
  if (secret.length < shortest) return [];
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const whole = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...base64Of(bytes),
    hex,
    hex.toUpperCase(),
  ];
  return whole.flatMap((form) => [form, ...halvesOf(form)]);
};

/** The letters that are the same whatever stands before and after, for each of the three alignments. */
const base64Of = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const ends = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    const steady = text.slice(before === 0 ? 0 : before + 1, ends);
    return [steady, steady.replaceAll('+', '-').replaceAll('/', '_')];
  });

const halvesOf = (form: string): string[] => {
  const middle = Math.floor(form.length / 2);
  return [form.slice(0, middle), form.slice(-middle)].filter((half) => half.length >= shortest);
};
