/** `n!`, `(n - 1)!`, `(2k)!`: of these letters a factorial, where `f(x)!` and `x!` are said with emphasis. */
const OF_LETTERS = /(?:(?<![\p{L}_\\])[nmkN]|(?<![\p{L}_}])\(\d?[nmkrN](?:\s?[-+−]\s?[\p{L}\d])?\))$/u;

/** Whether an exclamation mark right behind this text makes a factorial of what it ends in. */
export const isFactorialOf = (before: string): boolean => OF_LETTERS.test(before);
