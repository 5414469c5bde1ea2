import { expect, it } from 'vitest';
import { plainLine } from '../../cli/text.ts';

it('a text from outside is printed on one line, in its own direction, and steers no terminal', () => {
  expect(plainLine('\u001b]0;title\u0007a\r\nb\u009b31m\u2028c')).toBe(']0;title a b 31m c');
  expect(plainLine('it is \u202e24\u202c, \u2066x\u2069')).toBe('it is  24 ,  x');
  expect(plainLine('العدد 42 é 😀 שלום')).toBe('العدد 42 é 😀 שלום');
});
