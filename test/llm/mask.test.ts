import { describe, expect, it } from 'vitest';
import { maskOf } from '../../llm/mask.ts';

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
  ])('is taken out: %s', (_form, text) => {
    const masked = mask(`before ${text} after`);
    expect(masked).toContain('***');
    expect(holds(masked, key)).toBe(false);
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
