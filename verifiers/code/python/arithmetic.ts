import type { PythonValue } from './value.ts';

/** Bits of the largest integer that constant arithmetic may make. */
const MAX_BITS = 4096;

/** `left operator right` for numbers and texts, as Python computes it; undefined for what is not certain here. */
export function calculate(operator: string, left: PythonValue, right: PythonValue): PythonValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') return operator === '+' ? left + right : undefined;
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofIntegers(operator, left, right);
  const a = toFloat(left);
  const b = toFloat(right);
  return a === undefined || b === undefined ? undefined : ofFloats(operator, a, b);
}

export function negate(value: PythonValue): PythonValue | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? -value : undefined;
}

function ofIntegers(operator: string, a: bigint, b: bigint): PythonValue | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return bits(a) + bits(b) > MAX_BITS ? undefined : a * b;
    case '/':
      return b === 0n || !exact(a) || !exact(b) ? undefined : Number(a) / Number(b);
    case '//':
      return b === 0n ? undefined : floorDivide(a, b);
    case '%':
      return b === 0n ? undefined : a - b * floorDivide(a, b);
    case '**':
      return b < 0n || BigInt(bits(a)) * b > BigInt(MAX_BITS) ? undefined : a ** b;
    default:
      return undefined;
  }
}

/** The four operations that IEEE 754 fixes to the last bit. */
function ofFloats(operator: string, a: number, b: number): PythonValue | undefined {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (operator === '/' && b !== 0) return a / b;
  return undefined;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function toFloat(value: PythonValue): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' && exact(value) ? Number(value) : undefined;
}

function exact(value: bigint): boolean {
  return BigInt.asIntN(54, value) === value;
}

function bits(value: bigint): number {
  return value.toString(16).length * 4;
}
