import { expect, describe as group, it } from 'vitest';
import { newBudget } from '../../../../verifiers/maths/budget.ts';
import { describe } from '../../../../verifiers/maths/describe.ts';
import { readAnswer } from '../../../../verifiers/maths/read/answer.ts';

const read = (source: string): string => describe(readAnswer(source, newBudget()));

const READINGS: readonly (readonly [string, string])[] = [
  ['\\frac{10!}{3!7!}', '(10!)/(3!·7!)'],
  ['4!=24', '4! = 24'],
  ['C(10,3)', 'binom(10, 3)'],
  ['{}_{10}C_3', 'binom(10, 3)'],
  ['7C3', 'binom(7, 3)'],
  ['\\left( {2,3} \\right)', '(2, 3)'],
  ['90º', '90·unit(degree)'],
  ['负42', '-42'],
  ['2和3', 'list 2, 3'],
  ['2와 3', 'list 2, 3'],
  ['2 و 3', 'list 2, 3'],
  ['3/4 (or 0.75)', '(3)/(4) = 3/4'],
  ['math.ceil(x)', 'ceil(x)'],
  ['-sympy.oo', '-infinity'],
  ['n choose k', 'binom(n, k)'],
  ['5 \\choose 2', 'binom(5, 2)'],
  ['x1 + x2', '(x_1 + x_2)'],
  ['\\frac x2', '(x)/(2)'],
  ['Matrix(2, 2, [1, 2, 3, 4])', 'matrix[1, 2; 3, 4]'],
  ['diag(1, 2)', 'matrix[1, 0; 0, 2]'],
  ['-I', '-i'],
  ['x := 5', 'x = 5'],
  ['\\text{x = 5}', 'x = 5'],
  ['"5"', '5'],
  ['10\\text{%}', '10%'],
  ['1\\text{,}000', '1000'],
  ['6分之1', '(1)/(6)'],
  ['5 ㎥', '5·unit(m^3)'],
  ['Σᵢ₌₁ⁿ i²', 'sum(i^(2), 1, n)'],
  ['x = +-2', 'x = ±2'],
  ['‒5', '-5'],
  ['\\frac{1}{2} \\tag{1}', '(1)/(2)'],
  ['5 \\label{eq:1}', '5'],
  ['\\fcolorbox{red}{white}{$5$}', '5'],
  ['\\textcolor[rgb]{1,0,0}{5}', '5'],
  ['5 \\hspace*{3mm}', '5'],
  ['\\frac{1}{2}{}', '(1)/(2)'],
  ['2 \\cdot \\mid x \\mid', '2·abs(x)'],
  ['{∅}', 'set {set {}}'],
  ['x**2', 'x^(2)'],
  ['Rational(5, 6)', '(5)/(6)'],
  ['Matrix([[1, 2], [3, 4]])', 'matrix[1, 2; 3, 4]'],
  ['Interval.Ropen(0, 1)', '[0, 1)'],
  ['log(7, 2)', '(ln(7))/(ln(2))'],
  ['3e8', '300000000'],
  ['4\\text{e-}2', '1/25'],
  ['\\begin{pmatrix} 1 \\\\[4pt] 2 \\\\* 3 \\end{pmatrix}', 'matrix[1; 2; 3]'],
  ['x &lt;= 3', 'x ≤ 3'],
  ['x<sup>2</sup>', 'x^(2)'],
  ['~~14~~ 15', '15'],
  ['e⁻ˣ', 'e^(-x)'],
  ['１２', '12'],
  ['٣٫٥', '7/2'],
  ['४२', '42'],
  ['十二', '12'],
  ['0,125', '1/8'],
  ['3,07', '307/100'],
  ['10,00,000', '1000000'],
  ['\\mathrm{\\frac{1}{2}}', '(1)/(2)'],
  ['\\phantom{3}4', '4'],
  ['0b1101', 'numeral 1101 in base 2'],
  ['1101 \\text{ (base 2)}', 'numeral 1101 in base 2'],
  ['12 noon', 'time 12:00 pm'],
  ['the largest $n$ is 34', '34'],
  ['$x^2$ is 4', 'x^(2) = 4'],
  ['half of $3$', '(3)/(2)'],
  ['half', '(1)/(2)'],
  ['12 m', '12·unit(m)'],
  ['12m', '12·m'],
  ['14 {, }916', '14916'],
  ['9 m²', '9·unit(m^2)'],
  ['FF_{16}', 'numeral FF in base 16'],
  ['-$144$', '-144'],
  ['3 \\text{ out of 4}', '(3)/(4)'],
  ['The limit does not exist', 'words "undefined"'],
  ['There are infinitely many solutions.', 'words "infinitely many"'],
  ['该方程无解', 'words "none"'],
  ['\\text{D.N.E.}', 'words "undefined"'],
  ['\\text{on Mondays}', 'words "on Mondays"'],
  ['\\log_25', '(ln(5))/(ln(2))'],
  ['\\log_27 3', '(ln(3))/(ln(27))'],
  ['2-i3', '(2 - i·3)'],
  ['\\root 5 \\of x', 'root(x, 5)'],
  ['\\text{y < 4}', 'y < 4'],
];

group('a bare answer', () => {
  it.each(READINGS)('%s', (source, reading) => {
    expect(read(source)).toBe(reading);
  });

  it('keeps words that are not known', () => {
    expect(read('12 (in total)')).toBe('12');
    expect(read('12 (rejected)')).toBe('12·unit(rejected)');
  });
});
