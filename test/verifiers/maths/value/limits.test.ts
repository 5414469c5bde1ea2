import { describe, expect, it } from 'vitest';
import { approximation } from '../../../../verifiers/maths/value/complex.ts';
import { integralOf, limitOf, sumToInfinity } from '../../../../verifiers/maths/value/limits.ts';

const curve = (value: (x: number) => number) => (x: number) => approximation(value(x));

describe('integrals, limits and sums', () => {
  const known: readonly (readonly [string, ReturnType<typeof integralOf>, number])[] = [
    [
      'of 1/x² from one on',
      integralOf(
        curve((x) => 1 / x ** 2),
        1,
        Number.POSITIVE_INFINITY,
      ),
      1,
    ],
    [
      'of a root down to its pole',
      integralOf(
        curve((x) => 1 / Math.sqrt(x)),
        0,
        1,
      ),
      2,
    ],
    [
      'backwards',
      integralOf(
        curve((x) => x),
        1,
        0,
      ),
      -0.5,
    ],
    [
      'of e^(-x²) over the line',
      integralOf(
        curve((x) => Math.exp(-x * x)),
        -1 / 0,
        1 / 0,
      ),
      Math.sqrt(Math.PI),
    ],
    [
      'at a gap',
      limitOf(
        curve((x) => Math.sin(x) / x),
        0,
      ),
      1,
    ],
    [
      'without end',
      limitOf(
        curve((x) => x / (2 * x + 1)),
        1 / 0,
      ),
      0.5,
    ],
    [
      'of squares',
      sumToInfinity(
        curve((n) => 1 / n ** 2),
        1,
      ),
      Math.PI ** 2 / 6,
    ],
    [
      'of terms with turning signs',
      sumToInfinity(
        curve((n) => (-1) ** (n + 1) / n),
        1,
      ),
      Math.LN2,
    ],
    [
      'of one over factorials',
      sumToInfinity(
        curve((n) => 1 / factorial(n)),
        0,
      ),
      Math.E,
    ],
  ];

  it.each(known)('are within their error %s', (_, found, value) => {
    expect(found).not.toBeNull();
    expect(Math.abs(found!.re - value)).toBeLessThanOrEqual(found!.error);
    expect(found!.error).toBeLessThan(1e-8);
  });

  it('are none where estimates do not agree', () => {
    expect(
      integralOf(
        curve((x) => 1 / x),
        0,
        1,
      ),
    ).toBeNull();
    expect(
      integralOf(
        curve((x) => Math.sin(1 / x)),
        0,
        1,
      ),
    ).toBeNull();
    expect(
      limitOf(
        curve((x) => Math.abs(x) / x),
        0,
      ),
    ).toBeNull();
    expect(
      sumToInfinity(
        curve((n) => n),
        1,
      ),
    ).toBeNull();
    expect(
      sumToInfinity(
        curve((n) => 2 ** n),
        0,
      ),
    ).toBeNull();
  });
});

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
