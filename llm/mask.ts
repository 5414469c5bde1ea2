import { findForms, formsIndex } from './mask-forms.ts';

/** Takes secrets out of a text, in whichever of their usual forms they stand there. */
export type Mask = (text: string) => string;

/** The same for bytes, whose length stays: an encoded record remains one. Gives them back as they are where they hold none. */
export type MaskBytes = (bytes: Uint8Array) => Uint8Array;

/**
 * One mask for every way out: terminal, log, store, files, metrics. It knows each secret as it is, as base64 at each
 * alignment (so also within `Bearer …`), in hexadecimal, and escaped for URLs, JSON and HTML, and each part of these
 * that is long enough to tell. Linear in the text.
 */
export const maskOf = (secrets: readonly (string | undefined)[]): Mask => {
  const index = formsIndex(secrets);
  if (index === null) return (text) => text;
  return (text) => {
    let masked = '';
    let from = 0;
    for (const [start, end] of findForms(text, index)) {
      masked += `${text.slice(from, start)}***`;
      from = end;
    }
    return from === 0 ? text : masked + text.slice(from);
  };
};

export const maskBytesOf = (secrets: readonly (string | undefined)[]): MaskBytes => {
  const index = formsIndex(secrets, (form) => Buffer.from(form).toString('latin1'));
  if (index === null) return (bytes) => bytes;
  return (bytes) => {
    const ranges = findForms(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), index);
    if (ranges.length === 0) return bytes;
    const masked = Uint8Array.from(bytes);
    for (const [start, end] of ranges) masked.fill(STAR, start, end);
    return masked;
  };
};

const STAR = 0x2a;
