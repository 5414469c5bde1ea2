/** Pairs of answers whose truth is known by exact arithmetic, made from random numbers in [0, 1). */
export interface GeneratedPair {
  readonly kind: string;
  readonly reference: string;
  readonly answer: string;
  readonly isEqual: boolean;
}

type Random = () => number;
type Generate = (random: Random) => GeneratedPair;

/** A linear congruential generator: the same seed gives the same pairs. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function generatePair(random: Random): GeneratedPair {
  return pick(random, GENERATORS)(random);
}

const whole = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const nonZero = (random: Random, size: number): number => whole(random, 1, size) * (random() < 0.5 ? -1 : 1);
const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

/** Coefficients, the constant first, multiplied out exactly. */
const timesLinear = (polynomial: readonly bigint[], a: bigint, b: bigint): bigint[] =>
  Array.from(
    { length: polynomial.length + 1 },
    (_, index) => (polynomial[index] ?? 0n) * b + (polynomial[index - 1] ?? 0n) * a,
  );

function renderPolynomial(coefficients: readonly bigint[], variable: string): string {
  const terms = coefficients.flatMap((coefficient, degree) =>
    coefficient === 0n ? [] : [renderTerm(coefficient, degree, variable)],
  );
  return terms.length === 0 ? '0' : terms.reverse().join(' + ').replace(/\+ -/g, '- ');
}

function renderTerm(coefficient: bigint, degree: number, variable: string): string {
  const power = degree === 0 ? '' : degree === 1 ? variable : `${variable}^{${degree}}`;
  if (degree === 0) return String(coefficient);
  return coefficient === 1n ? power : coefficient === -1n ? `-${power}` : `${coefficient}${power}`;
}

const renderLinear = (a: bigint, b: bigint, variable: string): string => `(${renderPolynomial([b, a], variable)})`;

/** A product of linear factors against its expansion, or one with another coefficient. */
const factored: Generate = (random) => {
  const variable = pick(random, ['x', 'y', 't', 'n', 'a', '\\alpha ']);
  const factors = Array.from(
    { length: whole(random, 2, 5) },
    () => [BigInt(nonZero(random, 5)), BigInt(nonZero(random, 9))] as const,
  );
  const expanded = factors.reduce<bigint[]>((product, [a, b]) => timesLinear(product, a, b), [1n]);
  const isEqual = random() < 0.5;
  const at = whole(random, 0, expanded.length - 1);
  const shown = isEqual
    ? expanded
    : expanded.map((coefficient, index) => (index === at ? coefficient + BigInt(nonZero(random, 2)) : coefficient));
  const product = shuffled(random, factors).map(([a, b]) => renderLinear(a, b, variable));
  return {
    kind: 'factored',
    reference: renderPolynomial(shown, variable),
    answer: product.join(pick(random, ['', ' \\cdot ', ' '])),
    isEqual,
  };
};

/** A sum of monomials in two variables, reordered, or with one sign turned. */
const reordered: Generate = (random) => {
  const terms = Array.from({ length: whole(random, 2, 6) }, (_, index) => ({
    c: nonZero(random, 20),
    x: index,
    y: whole(random, 0, 3),
  }));
  const isEqual = random() < 0.5;
  const turned = isEqual ? terms : terms.map((term, index) => (index === 0 ? { ...term, c: -term.c } : term));
  const render = (list: typeof terms): string =>
    list
      .map(({ c, x, y }) => `${c}${x === 0 ? '' : `x^{${x}}`}${y === 0 ? '' : `y^{${y}}`}`)
      .join(' + ')
      .replace(/\+ -/g, '- ');
  return { kind: 'reordered', reference: render(terms), answer: render(shuffled(random, turned)), isEqual };
};

/** A fraction in one of many notations. */
const fractions: Generate = (random) => {
  const [n, d] = [nonZero(random, 60), whole(random, 2, 60)];
  const isEqual = random() < 0.5;
  const shownN = isEqual ? n : n + nonZero(random, 3);
  const k = whole(random, 1, 9);
  const sign = shownN < 0 ? '-' : '';
  const size = Math.abs(shownN);
  const notations = [
    `\\frac{${shownN * k}}{${d * k}}`,
    `${sign}\\dfrac{${size}}{${d}}`,
    `${shownN}/${d}`,
    `\\frac{${-shownN}}{${-d}}`,
    `${shownN}\\cdot\\frac{1}{${d}}`,
    `\\frac{${shownN}}{1} \\div ${d}`,
  ];
  if (size > d && size % d !== 0) notations.push(`${sign}${Math.floor(size / d)}\\frac{${size % d}}{${d}}`);
  return { kind: 'fractions', reference: `\\frac{${n}}{${d}}`, answer: pick(random, notations), isEqual };
};

/** A decimal against its fraction; a repeating one with its bar. */
const decimals: Generate = (random) => {
  const digits = whole(random, 1, 4);
  const scale = 10 ** digits;
  const value = whole(random, 1, scale * 20);
  const isEqual = random() < 0.5;
  const shown = isEqual ? value : value + nonZero(random, 2) + (value <= 2 ? 3 : 0);
  const divisor = gcd(value, scale);
  const repeats = random() < 0.3;
  const decimal = `${Math.floor(shown / scale)}.${String(shown % scale).padStart(digits, '0')}`;
  if (!repeats)
    return { kind: 'decimals', reference: decimal, answer: `\\frac{${value / divisor}}{${scale / divisor}}`, isEqual };
  const period = whole(random, 1, 8);
  return {
    kind: 'repeating',
    reference: `0.\\overline{${period}}`,
    answer: `\\frac{${isEqual ? period : period + 1}}{9}`,
    isEqual,
  };
};

/** A quotient with a root below against the rationalised form. */
const rationalised: Generate = (random) => {
  const radicand = pick(random, [2, 3, 5, 6, 7, 10, 11, 13]);
  const [a, b, c] = [nonZero(random, 9), nonZero(random, 5), nonZero(random, 9)];
  const below = a * a - b * b * radicand;
  const isEqual = random() < 0.5;
  const other = isEqual ? c * a : c * a + nonZero(random, 3);
  return {
    kind: 'rationalised',
    reference: `\\frac{${c}}{${a} + ${b}\\sqrt{${radicand}}}`.replace('+ -', '- '),
    answer: `\\frac{${other} - (${c * b})\\sqrt{${radicand}}}{${below}}`,
    isEqual,
  };
};

/** Roots of whole numbers, taken out or multiplied. */
const radicals: Generate = (random) => {
  const [k, radicand] = [whole(random, 2, 12), pick(random, [2, 3, 5, 6, 7, 10, 14, 15])];
  const isEqual = random() < 0.5;
  const outside = isEqual ? k : k + nonZero(random, 1);
  return {
    kind: 'radicals',
    reference: `\\sqrt{${k * k * radicand}}`,
    answer: pick(random, [
      `${outside}\\sqrt{${radicand}}`,
      `\\sqrt{${radicand}} \\cdot ${outside}`,
      `\\frac{${outside * radicand}}{\\sqrt{${radicand}}}`,
    ]),
    isEqual,
  };
};

/** Lists and sets of fractions in another order, or with one item changed. */
const sets: Generate = (random) => {
  const items = Array.from({ length: whole(random, 2, 6) }, (_, index) => [whole(random, -30, 30), index + 1] as const);
  const isEqual = random() < 0.5;
  const changed = items.map(([n, d], index) =>
    !isEqual && index === 0 ? ([n + 1000, d] as const) : ([n, d] as const),
  );
  const render = (list: readonly (readonly [number, number])[]): string =>
    list.map(([n, d]) => (d === 1 ? `${n}` : `\\frac{${n}}{${d}}`)).join(', ');
  return {
    kind: 'sets',
    reference: `\\{${render(items)}\\}`,
    answer: pick(random, [`\\{${render(shuffled(random, changed))}\\}`, render(shuffled(random, changed))]),
    isEqual,
  };
};

/** Points keep their order. */
const tuples: Generate = (random) => {
  const items = Array.from({ length: whole(random, 2, 4) }, (_, index) => whole(random, -9, 9) + 20 * index);
  const isEqual = random() < 0.5;
  const shown = isEqual ? items : [...items].reverse();
  return {
    kind: 'tuples',
    reference: `(${items.join(', ')})`,
    answer: pick(random, [`\\left(${shown.join(',')}\\right)`, `( ${shown.join(' , ')} )`]),
    isEqual,
  };
};

/** Intervals against inequalities; a changed bracket or end makes another set. */
const intervals: Generate = (random) => {
  const low = whole(random, -20, 20);
  const high = low + whole(random, 1, 20);
  const [open, close] = [random() < 0.5, random() < 0.5];
  const isEqual = random() < 0.5;
  const flipped = isEqual ? open : !open;
  const interval = `${open ? '(' : '['}${low}, ${high}${close ? ')' : ']'}`;
  const chain = `${low} ${flipped ? '<' : '\\le'} x ${close ? '<' : '\\leq'} ${high}`;
  return {
    kind: 'intervals',
    reference: interval,
    answer: pick(random, [
      chain,
      `\\{x \\mid ${chain}\\}`,
      `x \\in ${flipped ? '(' : '['}${low},${high}${close ? ')' : ']'}`,
    ]),
    isEqual,
  };
};

/** Equations of lines, multiplied and moved about. */
const lines: Generate = (random) => {
  const [a, b, c, k] = [nonZero(random, 9), nonZero(random, 9), whole(random, -9, 9), nonZero(random, 5)];
  const isEqual = random() < 0.5;
  const shownC = isEqual ? c : c + nonZero(random, 3);
  const answer = pick(random, [
    `${a * k}x + ${b * k}y = ${shownC * k}`,
    `${b}y = ${shownC} - ${a}x`,
    `${a}x + ${b}y - ${shownC} = 0`,
    `y = \\frac{${shownC} - ${a}x}{${b}}`,
  ]);
  return {
    kind: 'lines',
    reference: `${a}x + ${b}y = ${c}`,
    answer: answer.replace(/(\+|-) -/g, (_, sign: string) => (sign === '+' ? '- ' : '+ ')),
    isEqual,
  };
};

/** Large numbers that differ in their last digit, as powers or written with separators. */
const large: Generate = (random) => {
  const [base, exponent] = [whole(random, 2, 12), whole(random, 20, 90)];
  const value = BigInt(base) ** BigInt(exponent);
  const isEqual = random() < 0.5;
  const shown = isEqual ? value : value + BigInt(nonZero(random, 1));
  const separated = String(shown).replace(/\B(?=(?:\d{3})+$)/g, pick(random, [',', '{,}', '\\,', '']));
  return { kind: 'large', reference: `${base}^{${exponent}}`, answer: separated, isEqual };
};

/** Trigonometric identities with an inner multiple, or another multiple. */
const trigonometric: Generate = (random) => {
  const [k, m] = [whole(random, 1, 6), whole(random, 1, 9)];
  const isEqual = random() < 0.5;
  const j = isEqual ? k : k + 1;
  return pick(random, [
    { kind: 'trigonometric', reference: `${m}\\sin(${2 * k}x)`, answer: `${2 * m}\\sin(${j}x)\\cos(${j}x)`, isEqual },
    { kind: 'trigonometric', reference: `\\cos(${2 * k}x) + ${m}`, answer: `${m + 1} - 2\\sin^2(${j}x)`, isEqual },
    { kind: 'trigonometric', reference: `e^{${k}x}\\cdot e^{${m}}`, answer: `e^{${j}x+${m}}`, isEqual },
    { kind: 'trigonometric', reference: `\\ln(x^{${2 * k}})`, answer: `${2 * j}\\ln|x|`, isEqual },
  ]);
};

/** Complex numbers: a quotient against its value, or the conjugate. */
const complex: Generate = (random) => {
  const [a, b, c, d] = [nonZero(random, 9), nonZero(random, 9), nonZero(random, 9), nonZero(random, 9)];
  const [re, im] = [a * c - b * d, a * d + b * c];
  const isEqual = random() < 0.5 || im === 0;
  return {
    kind: 'complex',
    reference: `(${a} + ${b}i)(${c} + ${d}i)`.replace(/\+ -/g, '- '),
    answer: `${re} + ${isEqual ? im : -im}i`.replace('+ -', '- '),
    isEqual,
  };
};

/** Matrices by entries, with a factor taken out, or one entry changed. */
const matrices: Generate = (random) => {
  const entries = Array.from({ length: 4 }, () => nonZero(random, 9));
  const k = whole(random, 2, 5);
  const isEqual = random() < 0.5;
  const [p, q, r, s] = isEqual ? entries : entries.map((entry, index) => (index === 3 ? entry + 1 : entry));
  const [a, b, c, d] = entries.map((entry) => entry * k);
  return {
    kind: 'matrices',
    reference: `\\begin{pmatrix} ${a} & ${b} \\\\ ${c} & ${d} \\end{pmatrix}`,
    answer: `${k}\\begin{bmatrix} ${p} & ${q} \\\\ ${r} & ${s} \\end{bmatrix}`,
    isEqual,
  };
};

/** Values of one dimension in other units, or the same number in another unit. */
const units: Generate = (random) => {
  const [large_, small, factor] = pick(random, [
    ['\\text{ m}', '\\text{ cm}', 100],
    ['\\text{ hours}', '\\text{ minutes}', 60],
    ['\\text{ kg}', '\\text{ grams}', 1000],
    ['\\text{ feet}', '\\text{ inches}', 12],
    ['\\text{ m}^2', '\\text{ cm}^2', 10000],
  ] as const);
  const value = whole(random, 1, 99);
  const isEqual = random() < 0.5;
  return {
    kind: 'units',
    reference: `${value}${large_}`,
    answer: `${isEqual ? value * factor : value}${small}`,
    isEqual,
  };
};

const GENERATORS: readonly Generate[] = [
  factored,
  reordered,
  fractions,
  decimals,
  rationalised,
  radicals,
  sets,
  tuples,
  intervals,
  lines,
  large,
  trigonometric,
  complex,
  matrices,
  units,
];
