import { both, type ContestProblem } from './problem.ts';

export const numbers: readonly ContestProblem[] = [
  {
    name: 'sum of two',
    cases: [
      ['1 2', '3'],
      ['-5 5', '0'],
      ['1000000000 999999999', '1999999999'],
    ],
    javascript: 'print(next() + next());',
    cpp: 'long long a, b; cin >> a >> b; cout << a + b;',
    near: both('+', '-'),
  },
  {
    name: 'sum of a list',
    cases: [
      ['3\n1 2 3', '6'],
      ['1\n-7', '-7'],
      ['5\n9 9 9 9 9', '45'],
    ],
    javascript: 'let n = next(), s = 0; while (n--) s += next(); print(s);',
    cpp: 'long long n, s = 0, x; cin >> n; while (n--) { cin >> x; s += x; } cout << s;',
    near: both('n--', '--n'),
  },
  {
    name: 'largest gap',
    cases: [
      ['4\n1 5 2 9', '8'],
      ['2\n3 3', '0'],
      ['3\n-4 0 4', '8'],
      ['3\n5 1 9', '8'],
    ],
    javascript: 'const n = next(); const a = Array.from({ length: n }, next); print(Math.max(...a) - Math.min(...a));',
    cpp: 'int n; cin >> n; vector<int> a(n); for (auto& x : a) cin >> x; sort(a.begin(), a.end()); cout << a[n - 1] - a[0];',
    near: { javascript: ['Math.min(...a)', 'a[0]'], cpp: ['sort(a.begin(), a.end());', ''] },
  },
  {
    name: 'greatest common divisor',
    cases: [
      ['12 18', '6'],
      ['7 13', '1'],
      ['0 5', '5'],
      ['1000000000 25', '25'],
    ],
    javascript: 'let a = next(), b = next(); while (b) [a, b] = [b, a % b]; print(a);',
    cpp: 'long long a, b; cin >> a >> b; while (b) { long long t = a % b; a = b; b = t; } cout << a;',
    near: { javascript: ['print(a)', 'print(b || 1)'], cpp: ['cout << a', 'cout << (b ? b : 1)'] },
  },
  {
    name: 'prime or not',
    cases: [
      ['7', 'YES'],
      ['1', 'NO'],
      ['9', 'NO'],
      ['2', 'YES'],
      ['1000003', 'YES'],
    ],
    javascript:
      "const n = next(); let p = n > 1; for (let d = 2; d * d <= n; d++) if (n % d === 0) p = false; print(p ? 'YES' : 'NO');",
    cpp: 'long long n; cin >> n; bool p = n > 1; for (long long d = 2; d * d <= n; d++) if (n % d == 0) p = false; cout << (p ? "YES" : "NO");',
    near: both('d * d <= n', 'd * d < n'),
  },
  {
    name: 'factorial modulo',
    cases: [
      ['5', '120'],
      ['0', '1'],
      ['20', '146326063'],
      ['100', '437918130'],
    ],
    javascript: 'let n = next(), f = 1n; for (let i = 2n; i <= BigInt(n); i++) f = (f * i) % 1000000007n; print(f);',
    cpp: 'long long n, f = 1; cin >> n; for (long long i = 2; i <= n; i++) f = f * i % 1000000007LL; cout << f;',
    near: { javascript: ['1000000007n', '1000000009n'], cpp: ['1000000007LL', '1000000009LL'] },
  },
  {
    name: 'fibonacci number',
    cases: [
      ['1', '1'],
      ['10', '55'],
      ['90', '2880067194370816120'],
    ],
    javascript: 'let n = next(), [a, b] = [0n, 1n]; while (n--) [a, b] = [b, a + b]; print(a);',
    cpp: 'long long n, a = 0, b = 1; cin >> n; while (n--) { long long t = a + b; a = b; b = t; } cout << a;',
    near: { javascript: ['[0n, 1n]', '[1n, 1n]'], cpp: ['a = 0', 'a = 1'] },
  },
  {
    name: 'digits added up',
    cases: [
      ['12345', '15'],
      ['0', '0'],
      ['99999999999999999999', '180'],
    ],
    javascript: 'print([...word()].reduce((s, c) => s + Number(c), 0));',
    cpp: 'string w; cin >> w; int s = 0; for (char c : w) s += c - 48; cout << s;',
    near: { javascript: ['Number(c)', 'Number(c) % 9'], cpp: ['c - 48', '(c - 48) % 9'] },
  },
  {
    name: 'mean of a list',
    cases: [
      ['4\n1 2 3 4', '2.500000'],
      ['3\n1 1 2', '1.333333'],
    ],
    javascript: 'const n = next(); let s = 0; for (let i = 0; i < n; i++) s += next(); print((s / n).toFixed(9));',
    cpp: 'int n; cin >> n; double s = 0, x; for (int i = 0; i < n; i++) { cin >> x; s += x; } printf("%.9f", s / n);',
    near: { javascript: ['s / n', 'Math.floor(s / n)'], cpp: ['s / n', 'floor(s / n)'] },
  },
  {
    name: 'power modulo',
    cases: [
      ['2 10 1000', '24'],
      ['3 200 13', '9'],
      ['7 0 5', '1'],
    ],
    javascript:
      'let [b, e, m] = [BigInt(next()), next(), BigInt(next())], r = 1n; while (e > 0) { if (e % 2 === 1) r = r * b % m; b = b * b % m; e = Math.floor(e / 2); } print(r);',
    cpp: 'long long b, e, m, r = 1; cin >> b >> e >> m; while (e > 0) { if (e % 2) r = r * b % m; b = b * b % m; e /= 2; } cout << r;',
    near: both('e > 0', 'e > 1'),
  },
];
