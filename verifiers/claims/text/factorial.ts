/** `n!`, `(n - 1)!`, `(2k)!`: of these letters a factorial, where `f(x)!` and `x!` are said with emphasis. */
const OF_LETTERS = /(?:(?<![\p{L}_\\])[nmkN]|(?<![\p{L}_}])\(\d?[nmkrN](?:\s?[-+−]\s?[\p{L}\d])?\))$/u;

/** `24 = 4`, which is true with the mark behind it. */
const EQUATION = /(?<!\d)(\d{1,8})\s?=\s?(\d{1,2})$/;

/** Whether an exclamation mark right behind this text makes a factorial of what it ends in. */
export function isFactorialOf(before: string): boolean {
  if (OF_LETTERS.test(before)) return true;
  const equation = EQUATION.exec(before);
  return equation !== null && Number(equation[1]) === factorial(Number(equation[2]));
}

function factorial(of: number): number {
  let value = 1;
  for (let factor = 2; factor <= of; factor += 1) value *= factor;
  return value;
}
