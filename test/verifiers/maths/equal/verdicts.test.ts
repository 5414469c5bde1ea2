import { describe, expect, it } from 'vitest';
import { compareMaths } from '../../../../verifiers/maths/index.ts';

const result = (reference: string, answer: string): string => compareMaths(reference, answer).result;

describe('a chain of equations', () => {
  it.each([
    ['3', '4=3'],
    ['7', '3+4=8=7'],
    ['\\log_{36}(216)=\\frac32', '\\log_{36}(246)=\\frac32'],
    ['2', '\\sqrt{9}=2'],
    ['7', 'x=3+5=7'],
    ['7', '\\pi=7'],
  ])('that does not hold is not %s', (reference, answer) => {
    expect([result(reference, answer), result(answer, reference)]).toEqual(['different', 'different']);
  });

  it.each([
    ['7', 'x=3+4=7'],
    ['95', '180^\\circ - 85^\\circ = 95^\\circ'],
    ['0.33', '\\frac13=0.33'],
    ['\\frac12', 'e=\\frac12'],
    ['7', 'm=3,n=4,m+n=7'],
  ])('that holds is %s', (reference, answer) => {
    expect(result(reference, answer)).toBe('equal');
  });
});

describe('infinity', () => {
  it.each([
    ['1', '\\infty/\\infty', 'different'],
    ['2', '\\frac{2\\infty}{\\infty}', 'different'],
    ['0', '\\infty-\\infty', 'different'],
    ['\\infty', '2\\infty', 'equal'],
    ['\\infty', '-\\infty', 'different'],
    ['\\mathbb{R}', '-\\infty<x<\\infty', 'equal'],
  ])('%s and %s are %s', (reference, answer, expected) => {
    expect(result(reference, answer)).toBe(expected);
  });
});

describe('numbers that agree to a double', () => {
  it.each([
    ['640320^3+744', 'e^{\\pi\\sqrt{163}}'],
    ['\\frac{\\pi}{2}', '\\arctan(10^{20})'],
    ['\\frac{\\pi}{2}', '\\arctan(10^{150})'],
    ['\\pi', '3.141592653589794'],
    ['\\frac23', '0.6666666666666666'],
  ])('%s and %s differ', (reference, answer) => {
    expect(result(reference, answer)).toBe('different');
  });

  it('are equal where they are', () => {
    expect(result('\\frac{\\pi}{4}', '\\arctan\\frac12+\\arctan\\frac13')).toBe('equal');
    expect(result('0', '0/0')).toBe('different');
  });
});

describe('integrals and endless sums that agree to ten digits', () => {
  it.each([
    ['\\frac{1}{81}', '\\sum_{n=1}^\\infty\\frac{\\lfloor n\\tanh\\pi\\rfloor}{10^n}'],
    ['1', '\\int_0^1(1+10^{-12}x)\\,dx'],
    ['0', '\\int_0^1 10^{-15}\\,dx'],
  ])('as %s and %s are not called equal where a difference may hide beyond', (reference, answer) => {
    expect(result(reference, answer)).toBe('unknown');
  });
});

describe('forms that mean one thing', () => {
  it.each([
    ['\\frac34', '\\tan\\theta = \\frac34'],
    ['y = C_1e^x + C_2e^{-x}', 'y = C_1e^{-x} + C_2e^x'],
    ['f(x) = 0', 'f \\equiv 0'],
    ['p \\ne \\pm 1', 'p \\neq 1 \\text{ and } p \\neq -1'],
    ['11', '\\frac{m}{n} = \\frac{3}{8}, m + n = 11'],
    ['none', "il n'existe aucun entier de ce type"],
    ['none', 'es gibt keine solche Zahl'],
    ["f'(x) = 2x", '\\frac{dy}{dx} = 2x'],
    ['f^{-1}(x) = \\frac{x+1}{2}', 'y = \\frac{x+1}{2}'],
    ['k \\in \\mathbb{Z}', 'k \\in \\mathbf{Z}'],
    ['1', '\\gcd(7, 30) = 1'],
    ['24\\text{ cm}^2', '24平方厘米'],
    ['24\\text{ cm}^2', '24 वर्ग सेमी'],
    ['2', 'x = 2 \\text{ (double root)}'],
    ['(1,0),(-1,0)', '(\\pm1, 0)'],
    ['f(x)=x^2+1', 'f(t)=t^2+1'],
    ['\\text{FF}_{16}', '0xFF'],
    ['\\frac{\\pi}{4}+n\\pi', '\\frac{\\pi}{4}+k\\pi'],
    ['\\mathbf{i}-2\\mathbf{j}', '\\hat{i}-2\\hat{j}'],
    ['\\emptyset', '\\text{no values of }x'],
    ['12', '12 m'],
    ['12\\text{ m}', '12 m'],
    ['50\\text{ J}', '50 N·m'],
    ['5000', '5 \\times 10^3 J'],
    ['4', '4 μm'],
    ['4\\times10^{-6}\\text{ s}', '4\\,\\mathrm{\\mu s}'],
    ['700\\,\\Omega', '0.7\\text{ k}\\Omega'],
    ['3\\text{ MeV}', '3000\\text{ keV}'],
    ['\\langle 2, 0, -1 \\rangle', '2\\mathbf{i}-\\mathbf{k}'],
    ['120^\\circ', '\\frac{2\\pi}{3}\\text{ radians}'],
    ['-\\cos x + C', '2\\sin^2\\frac x2+C'],
    ['y = C e^{2x}', 'y(x)=C_1e^{2x}'],
    ['f(x) = 3x - 7', 'y=3x-7'],
    ['36', '3 dozen'],
    ['300000', '3 \\text{ lakh}'],
    ['V = IR', 'R = \\frac{V}{I}'],
    ['\\lfloor n/3 \\rfloor', '\\frac{n - (n \\bmod 3)}{3}'],
    ["y' = 3x", 'dy/dx = 3x'],
    ['\\mathbf{i} - 4\\mathbf{j}', '\\vec{i} - 4\\vec{j}'],
    ['a_n = 5n', 'a(n) = 5n'],
    ['a_n = 5n', 'a_n = 5n, n \\ge 1'],
    ['\\binom{n}{4}', 'C_n^4'],
    ['\\binom{n}{4}', '{}_nC_4'],
    ['x^2 + y^2 = 16', '\\sqrt{x^2+y^2} = 4'],
    ['|n|', '\\begin{cases} n & n > 0 \\\\ -n & n \\le 0 \\end{cases}'],
    [
      'f(x) = 2x \\text{ if } x > 1 \\text{ and } f(x) = 2 \\text{ if } x \\le 1',
      'f(x) = \\begin{cases} 2x & x \\ge 1 \\\\ 2 & x < 1 \\end{cases}',
    ],
    ['5k, k \\in \\mathbb{Z}', '\\text{all multiples of } 5'],
    ['n = 2m - 1, m \\in \\mathbb{Z}', '\\text{all odd integers}'],
    ['f(x) = ux + v', 'f(x) = ux + v, u, v \\in \\mathbb{R}'],
    ['9', '|A \\cup B| = 9'],
    ['\\log 2', '\\log 2 \\approx 0.301'],
    ['V = IR', 'V = RI'],
    ['\\frac{nRT}{V}', '\\frac{RTn}{V}'],
    ['PV = nRT', 'n = \\frac{PV}{RT}'],
    ['\\text{Sunday}', '\\text{Sundays}'],
    ['\\tan x + C', '\\tan x + C,\\ C = \\text{const}'],
    ['y = C_1 + C_2 x', 'y = C_1 + C_2 x, \\text{ where } C_1 \\text{ and } C_2 \\text{ are arbitrary constants}'],
    ['|AB| = 5', 'BA = 5'],
    ['AB=5, CA=7', 'AC=7, AB=5'],
    ['p=4, q=9', 'p=4\\\\q=9'],
    ['4, 9', '4\\text{, }9'],
    ['\\text{mode}=4,\\text{range}=9', 'the range is 9 and the mode is 4'],
    ['9', '\\text{the constant }c\\text{ is }9'],
    ['\\vec{u}\\times\\vec{v}', '-\\vec{v}\\times\\vec{u}'],
  ])('%s and %s', (reference, answer) => {
    expect([result(reference, answer), result(answer, reference)]).toEqual(['equal', 'equal']);
  });

  it.each([
    ['x=1,2', 'x=1,y=2'],
    ['1,2', '1,2,2'],
    ['0.25', '0.25\\%'],
    ['5,000', '5,00'],
    ['3,007', '3,7'],
    ['3', '3 \\text{ squared}'],
    ['3', '3 (rejected)'],
    ['3', 'all real numbers except $3$'],
    ['-\\cos x + C', '\\sin x + C'],
  ])('but not %s and %s', (reference, answer) => {
    expect([result(reference, answer), result(answer, reference)]).toEqual(['different', 'different']);
  });
});

describe('forms that only look alike', () => {
  it.each([
    ['12', '12m'],
    ['p \\ne \\pm 1', 'p \\ne 1'],
    ['y = C_1e^x + C_2e^{-x}', 'y = C_2e^x + C_2e^{-x}'],
    ['f^{-1}(x) = \\frac{x+1}{2}', 'y = 2x - 1'],
    ['\\frac12', '\\sin x = \\frac12'],
    ['16', '9; for $n = 4$ it is 16'],
    ['9', '9 only when n = 3'],
    ['12\\text{ km}', '12 m'],
    ['4\\,\\mu\\text{m}', '4\\text{ mm}'],
    ['4 k\\Omega', '4 M\\Omega'],
    ['(1,0)', '(\\pm1, 0)'],
    ['f(x)=x^2+1', 'f(t)=t^2+x'],
    ['f(x)=x^2+1', 'g(t)=t^2+1'],
    ['\\frac{\\pi}{4}+n\\pi', '\\frac{\\pi}{4}+2k\\pi'],
    ['3n', '3k'],
    ['255', '0xFF'],
    ['V = IR', 'R = VI'],
    ['24', '\\max(24, n)'],
    ['a_n = 5n, n \\ge 0', 'a_n = 5n, n \\ge 1'],
    ['a_n = 5n', 'b(n) = 5n'],
    ['5', '5 \\approx 6'],
    ['3\\sqrt{2}', '3\\sqrt{2} \\approx 4.42'],
    ['a = 1, b = 2', 'a = 1 \\text{ or } b = 2'],
    ['|n|', '\\begin{cases} n & n > 0 \\\\ -n & n \\le 0 \\\\ 3 & n = 2 \\end{cases}'],
    ['5k, k \\in \\mathbb{Z}', '\\text{all multiples of } 10'],
    ['5', '\\text{all multiples of } 5'],
    ['AB', 'BA'],
    ['AB = CD', 'AC = BD'],
    ['PV = nRT', 'n = PVRT'],
    ['\\tan x + C', '\\tan x + C \\text{ where } C = 2'],
    ['p=4, q=9', 'p=4\\text{ or }q=9'],
    ['x=4\\text{ or }x=9', 'x\\in(4,9)'],
    ['\\text{mode}=4,\\text{range}=9', '\\text{mode}=9,\\text{range}=4'],
    ['\\vec{u}\\times\\vec{v}', '\\vec{v}\\times\\vec{u}'],
    ['9', 'the base is 4 and the height is 9'],
  ])('%s and %s differ', (reference, answer) => {
    expect(result(reference, answer)).toBe('different');
  });
});
