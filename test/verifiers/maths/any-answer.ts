import fc from 'fast-check';

const TOKENS = [
  ...'0 1 2 7 10 3.14 100 x y n a e i C A ( ) [ ] { } + - * / ^ _ = < > , ; : . ! | % $ & ~'.split(' '),
  ...'\\frac \\sqrt \\pi \\sin \\cos \\log \\ln \\pm \\cdot \\times \\le \\ge \\ne \\in \\cup \\cap \\infty \\sum \\prod \\int \\lim \\binom \\boxed \\left \\right \\{ \\} \\\\ \\text{cm} \\text{ and } \\text{no} \\mathbb{R} \\begin{pmatrix} \\end{pmatrix} \\begin{cases} \\end{cases} ^\\circ \\overline \\ldots \\% \\$ \\, \\! \\pmod \\lfloor \\rfloor \\mid \\to \\approx \\emptyset \\max \\gcd'.split(
    ' ',
  ),
  'answer is',
  'The final answer is',
  '####',
  ' ',
  '\n',
  'apples',
  'or',
  '答案',
  '²',
  '√',
  '½',
  '\ud800',
  '\u202e',
  '**',
  '<think>',
  '</think>',
  '{1}',
  '{2x+1}',
  '_{n+1}',
  '^{2}',
];

/** Answers made of the grammar's own tokens, of bytes, and of one broken into the other. */
export const anyAnswer: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...TOKENS), { maxLength: 30 }).map((tokens) => tokens.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.string({ maxLength: 2 }),
      )
      .map(([tokens, place, bytes]) => {
        const text = tokens.join(' ');
        const at = place % text.length;
        return text.slice(0, at) + bytes + text.slice(at + 1);
      }),
  },
);
