import { describe, expect, it } from 'vitest';
import { maskBytesOf, maskOf } from '../../llm/mask.ts';
import { findForms, formsIndex } from '../../llm/mask-forms.ts';

const key = 'sk-Pr0j/abc+def"ghi&jkl=mnop';
const mask = maskOf([key, undefined, 'x']);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret that is played back', () => {
  it.each([
    ['as it is', key],
    ['in JSON', JSON.stringify({ key })],
    ['in a URL', `https://a/?k=${encodeURIComponent(key)}`],
    ['in HTML', `<b>${key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</b>`],
    ['in base64', base64(key)],
    ['in base64 for URLs', Buffer.from(key).toString('base64url')],
    ['in an authorization in base64', base64(`Bearer ${key}`)],
    ['as a user of basic authorization', base64(`u:${key}`)],
    ['as a user of basic authorization, with more behind', base64(`user:${key}:realm`)],
    ['in hexadecimal', Buffer.from(key).toString('hex')],
    ['in capitals of hexadecimal', Buffer.from(key).toString('hex').toUpperCase()],
    ['its first half', key.slice(0, key.length / 2)],
    ['its second half', key.slice(key.length / 2)],
    ['twice, without a space', key + key],
    ['a part that an excerpt left of it', key.slice(5, 19)],
    ['letter by letter in HTML', Array.from(key, (letter) => `&#${letter.charCodeAt(0)};`).join('')],
    ['with the word for its kind where the key has none', `Token ${key}`],
  ])('is taken out: %s', (_form, text) => {
    const masked = mask(`before ${text} after`);
    expect(masked).toContain('***');
    expect(holds(masked, key)).toBe(false);
  });

  it.each([
    ['nothing', 'an honest answer of four words. '.repeat(40_000)],
    ['the key throughout', key.repeat(40_000)],
    ['almost the key', `${key.slice(0, 11)}-`.repeat(100_000)],
  ])('takes steps in proportion to a text that holds %s', (_what, text) => {
    const steps = (letters: string): number => {
      let count = 0;
      const index = formsIndex([key, 'a'.repeat(1000)]);
      // Each look at a place where a form could stand is a step.
      const get = (gram: number) => {
        count++;
        return index?.places.get(gram);
      };
      const places = { get } as never;
      findForms(letters, { known: index?.known ?? new Uint8Array(), places });
      return count;
    };
    const half = text.slice(0, text.length / 2);
    expect(steps(text)).toBeLessThanOrEqual(2.1 * steps(half) + 100);
    expect(mask(text).length).toBeLessThanOrEqual(text.length);
  });

  it('in bytes leaves their length, so that a record can still be read', () => {
    const bytes = Buffer.from(`\u00e9 ${key} ${base64(key)} \u00fc`);
    const masked = Buffer.from(maskBytesOf([key])(bytes));
    expect(masked).toHaveLength(bytes.length);
    expect(masked.toString()).toMatch(/^\u00e9 \*+ \*+A== \u00fc$/);
    const honest = Buffer.from('nothing to hide');
    expect(maskBytesOf([key])(honest)).toBe(honest);
  });

  it('leaves every other text alone, also a placeholder that is no secret', () => {
    expect(mask('An axe, six boxes: x = 4.')).toBe('An axe, six boxes: x = 4.');
  });
});

/** Whether twelve characters of the key are still there in a row, plainly or in one of its codes. */
const holds = (text: string, secret: string): boolean => {
  const codes = [secret, base64(secret), Buffer.from(secret).toString('hex'), encodeURIComponent(secret)];
  return codes.some((code) => {
    for (let start = 0; start + 12 <= code.length; start++)
      if (text.includes(code.slice(start, start + 12))) return true;
    return false;
  });
};
