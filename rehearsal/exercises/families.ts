import type { Draw } from './random.ts';

/** A made-up problem before it has its number: its text, its answer and how to come to it. */
export interface Sketch {
  readonly text: string;
  readonly answer: string;
  /** The worked solution, a step a line of thought; the last one states the answer. */
  readonly steps: readonly string[];
}

export interface Family {
  readonly name: string;
  /** How hard it is for a student, in [0, 1]. */
  readonly difficulty: number;
  sketch(draw: Draw): Sketch;
}

const people = ['Ada', 'Ben', 'Chen', 'Dora', 'Emil', 'Fatma', 'Goran', 'Hana', 'Ivo', 'Jun', 'Kofi', 'Lena'];
const goods = ['apples', 'pencils', 'stamps', 'marbles', 'tickets', 'postcards', 'buttons', 'shells'];

const sum: Family = {
  name: 'sum',
  difficulty: 0.05,
  sketch(draw) {
    const [a, b, c] = [draw.whole(12, 99), draw.whole(12, 99), draw.whole(2, 40)];
    const who = draw.pick(people);
    const what = draw.pick(goods);
    return {
      text: `${who} has ${a} ${what}, buys ${b} more and gives ${c} away. How many ${what} are left?`,
      answer: String(a + b - c),
      steps: [
        `After buying, ${who} has ${a} + ${b} = ${a + b} ${what}.`,
        `Giving ${c} away leaves ${a + b} - ${c} = ${a + b - c}.`,
        `So ${a + b - c} ${what} are left.`,
      ],
    };
  },
};

const shopping: Family = {
  name: 'shopping',
  difficulty: 0.15,
  sketch(draw) {
    const [count, price, note] = [draw.whole(3, 12), draw.whole(2, 15), draw.whole(1, 5)];
    const paid = count * price + note * 10;
    const who = draw.pick(people);
    const what = draw.pick(goods);
    return {
      text: `${who} buys ${count} ${what} at ${price} coins each and pays with ${paid} coins. How many coins come back?`,
      answer: String(note * 10),
      steps: [
        `The ${what} cost ${count} * ${price} = ${count * price} coins.`,
        `The change is what was paid less the cost: ${paid} - ${count * price}.`,
        `${paid} - ${count * price} = ${note * 10}.`,
        `So ${note * 10} coins come back.`,
      ],
    };
  },
};

const percent: Family = {
  name: 'percent',
  difficulty: 0.3,
  sketch(draw) {
    const [off, tens] = [draw.pick([10, 20, 25, 40, 50]), draw.whole(4, 60)];
    const price = tens * 20;
    const cut = (price * off) / 100;
    return {
      text: `A coat costs ${price} coins and is sold at ${off}% off; a week later ${tens} coins are added. What does it cost then?`,
      answer: String(price - cut + tens),
      steps: [
        `${off}% of ${price} is ${price} * ${off} / 100 = ${cut}.`,
        `The reduced price is ${price} - ${cut} = ${price - cut}.`,
        `A week later it is ${price - cut} + ${tens} = ${price - cut + tens}.`,
        `So it costs ${price - cut + tens} coins.`,
      ],
    };
  },
};

const fractions: Family = {
  name: 'fractions',
  difficulty: 0.4,
  sketch(draw) {
    const [b, d] = draw.pick([
      [2, 3],
      [3, 4],
      [4, 5],
      [3, 7],
      [5, 6],
      [7, 8],
    ] as const);
    const [a, c] = [draw.whole(1, 9), draw.whole(1, 9)];
    const [over, under] = [a * d + c * b, b * d];
    return {
      text: `Work out \\frac{${a}}{${b}} + \\frac{${c}}{${d}} and give the result in lowest terms.`,
      answer: fraction(over, under),
      steps: [
        `A common denominator is ${b} * ${d} = ${under}.`,
        `The first fraction becomes ${a * d}/${under}.`,
        `The second fraction becomes ${c * b}/${under}.`,
        `Their sum is ${over}/${under}.`,
        `In lowest terms that is ${fraction(over, under)}.`,
      ],
    };
  },
};

const linear: Family = {
  name: 'linear',
  difficulty: 0.5,
  sketch(draw) {
    const [x, a, c] = [draw.whole(-12, 25), draw.whole(4, 9), draw.whole(1, 3)];
    const [b, d] = [draw.whole(1, 40), a * x - c * x];
    return {
      text: `Solve for x: ${a}x + ${b} = ${c}x + ${d + b}.`,
      answer: String(x),
      steps: [
        `Taking ${c}x from both sides gives ${a - c}x + ${b} = ${d + b}.`,
        `Taking ${b} from both sides gives ${a - c}x = ${d}.`,
        `Dividing by ${a - c} gives x = ${d} / ${a - c}.`,
        `So x = ${x}.`,
      ],
    };
  },
};

const series: Family = {
  name: 'series',
  difficulty: 0.6,
  sketch(draw) {
    const [first, gap, count] = [draw.whole(1, 20), draw.whole(2, 9), 2 * draw.whole(5, 20)];
    const last = first + gap * (count - 1);
    const total = (count / 2) * (first + last);
    return {
      text: `The first term of an arithmetic sequence is ${first} and its common difference is ${gap}. What is the sum of its first ${count} terms?`,
      answer: String(total),
      steps: [
        `The last of ${count} terms is ${first} + ${count - 1} * ${gap} = ${last}.`,
        `First and last together are ${first} + ${last} = ${first + last}.`,
        `There are ${count / 2} such pairs.`,
        `The sum is ${count / 2} * ${first + last} = ${total}.`,
        `So the sum is ${total}.`,
      ],
    };
  },
};

const pair: Family = {
  name: 'pair',
  difficulty: 0.7,
  sketch(draw) {
    const [x, y, a, b] = [draw.whole(2, 15), draw.whole(2, 15), draw.whole(2, 6), draw.whole(2, 6)];
    return {
      text: `Two numbers satisfy ${a}x + y = ${a * x + y} and x + ${b}y = ${x + b * y}. What is x * y?`,
      answer: String(x * y),
      steps: [
        `From the first equation y = ${a * x + y} - ${a}x.`,
        `In the second this gives x + ${b * (a * x + y)} - ${a * b}x = ${x + b * y}.`,
        `So ${a * b - 1}x = ${(a * b - 1) * x}.`,
        `Hence x = ${x}.`,
        `Then y = ${a * x + y} - ${a * x} = ${y}.`,
        `So x * y = ${x * y}.`,
      ],
    };
  },
};

const roots: Family = {
  name: 'roots',
  difficulty: 0.8,
  sketch(draw) {
    const [p, q] = [draw.whole(2, 14), draw.whole(-14, -1)];
    const squares = p * p + q * q;
    return {
      text: `Let r and s be the roots of x^2 ${signed(-(p + q))}x ${signed(p * q)} = 0. Find r^2 + s^2.`,
      answer: String(squares),
      steps: [
        `The sum of the roots is r + s = ${p + q}.`,
        `Their product is rs = ${p * q}.`,
        `r^2 + s^2 = (r + s)^2 - 2rs.`,
        `(r + s)^2 = ${(p + q) ** 2} and 2rs = ${2 * p * q}.`,
        `The difference is ${(p + q) ** 2} - (${2 * p * q}) = ${squares}.`,
        `So r^2 + s^2 = ${squares}.`,
      ],
    };
  },
};

const remainder: Family = {
  name: 'remainder',
  difficulty: 0.9,
  sketch(draw) {
    const [base, exponent, modulus] = [draw.whole(3, 12), draw.whole(21, 90), draw.pick([7, 11, 13, 17, 19])];
    const power = (times: number): number => {
      let value = 1;
      for (let turn = 0; turn < times; turn++) value = (value * base) % modulus;
      return value;
    };
    const half = Math.floor(exponent / 2);
    return {
      text: `What is the remainder when ${base}^{${exponent}} is divided by ${modulus}?`,
      answer: String(power(exponent)),
      steps: [
        `Modulo ${modulus} the base is ${base % modulus}.`,
        `Its square is ${power(2)} and its fourth power ${power(4)}.`,
        `By repeated squaring ${base}^{${half}} leaves ${power(half)}.`,
        `Squaring once more gives ${power(2 * half)} for the exponent ${2 * half}.`,
        `With the exponent's last digit in base two that is ${power(exponent)}.`,
        `So the remainder is ${power(exponent)}.`,
      ],
    };
  },
};

/** From arithmetic to algebra and number theory, by rising difficulty. */
export const families: readonly Family[] = [sum, shopping, percent, fractions, linear, series, pair, roots, remainder];

const signed = (value: number): string => (value < 0 ? `- ${-value}` : `+ ${value}`);

const fraction = (over: number, under: number): string => {
  const shared = divisor(over, under);
  return under === shared ? String(over / shared) : `\\frac{${over / shared}}{${under / shared}}`;
};

const divisor = (left: number, right: number): number => (right === 0 ? left : divisor(right, left % right));
