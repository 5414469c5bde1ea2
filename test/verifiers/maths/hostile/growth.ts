/** Texts of a length asked for, by what they attack: the search for claims, the reading, and what they lead to. */
export const KINDS: Readonly<Record<string, (length: number) => string>> = {
  'one sentence of words': filled('word '),
  'short sentences': filled('So it is. '),
  'sentences with values': filled('Then x = 3 holds, and 4 + 5 = 9. '),
  cues: filled('The answer is 5. '),
  'denied cues': filled('The answer is not 5. '),
  corrections: filled('Wait, no, the answer is 5. '),
  'turns within one sentence': filled('it is 5 — no wait, '),
  'rejected values': filled('x = 5 but 5 is rejected; '),
  boxes: filled('\\boxed{5} '),
  'boxes in paragraphs': filled('\\boxed{5}\n\n'),
  'open boxes': filled('\\boxed{'),
  formulas: filled('$x^2 + 1$ '),
  'open formulas': filled('\\( x '),
  'dollar signs': filled('$'),
  braces: nested('{', '}'),
  brackets: nested('(', ')'),
  'answer tags': filled('<answer>5</answer> '),
  'open answer tags': filled('<answer>'),
  'open tags in brackets': filled('[answer]'),
  'fields of JSON': filled('{"answer": "5"} '),
  'thoughts that open and close': filled('<think>5</think>'),
  'headings and list numbers': filled('**1.** Step one\n'),
  'struck words': filled('~~5~~ 6 '),
  'raised and lowered': filled('2<sup>10</sup> x<sub>1</sub> '),
  entities: filled('&frac12; '),
  digits: filled('7'),
  'digits in groups': filled(',777'),
  'a list of numbers': filled('1, '),
  'decimal commas': filled('Die Zahl ist 3,5 '),
  'Chinese cues': filled('答案是五。'),
  'Russian cues': filled('Ответ: 3,5. '),
  'Arabic words': filled('الجواب هو '),
  spaces: (length) => `5${' '.repeat(Math.max(0, length - 2))}6`,
  'lines without words': filled('\n'),
  fractions: filled('\\frac{1}{2}+'),
  'a sum': filled('1+'),
  units: filled('5 cm '),
  'unpaired surrogates': filled('\ud800'),
  'zero bytes': filled('\0'),
};

function filled(piece: string): (length: number) => string {
  return (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

function nested(open: string, close: string): (length: number) => string {
  return (length) => open.repeat(length >> 1) + close.repeat(length >> 1);
}
