import { both, type ContestProblem } from './problem.ts';

export const lists: readonly ContestProblem[] = [
  {
    name: 'sorted list',
    cases: [
      ['4\n10 9 2 1', '1 2 9 10'],
      ['1\n5', '5'],
      ['3\n-1 -3 -2', '-3 -2 -1'],
    ],
    javascript:
      "const n = next(); const a = Array.from({ length: n }, next).sort((x, y) => x - y); print(a.join(' '));",
    cpp: 'int n; cin >> n; vector<int> a(n); for (auto& x : a) cin >> x; sort(a.begin(), a.end()); for (int x : a) cout << x << " ";',
    near: { javascript: ['(x, y) => x - y', ''], cpp: ['a.end())', 'a.end() - 1)'] },
  },
  {
    name: 'distinct numbers',
    cases: [
      ['5\n1 2 2 3 1', '3'],
      ['1\n4', '1'],
      ['4\n7 7 7 7', '1'],
    ],
    javascript: 'const n = next(); print(new Set(Array.from({ length: n }, next)).size);',
    cpp: 'int n, x; cin >> n; set<int> s; while (n--) { cin >> x; s.insert(x); } cout << s.size();',
    near: { javascript: ['.size', '.size + 1'], cpp: ['s.size()', 's.size() + 1'] },
  },
  {
    name: 'best run of a list',
    cases: [
      ['5\n-2 3 4 -1 2', '8'],
      ['2\n-3 -1', '-1'],
      ['3\n1 -5 4', '4'],
    ],
    javascript:
      'const n = next(); let best = -Infinity, run = 0; for (let i = 0; i < n; i++) { const x = next(); run = Math.max(x, run + x); best = Math.max(best, run); } print(best);',
    cpp: 'long long n, x, best = -4e18, run = 0; cin >> n; while (n--) { cin >> x; run = max(x, run + x); best = max(best, run); } cout << best;',
    near: {
      javascript: ['Math.max(x, run + x)', 'Math.max(0, run + x)'],
      cpp: ['max(x, run + x)', 'max(0LL, run + x)'],
    },
  },
  {
    name: 'two that add up',
    cases: [
      ['4 9\n2 7 11 15', '1 2'],
      ['3 6\n3 2 4', '2 3'],
      ['2 1\n5 5', '-1'],
      ['2 4\n2 1', '-1'],
    ],
    javascript:
      "const n = next(), t = next(), a = Array.from({ length: n }, next); let r = '-1'; for (let j = 0; j < n; j++) for (let i = 0; i < j; i++) if (a[i] + a[j] === t) r = (i + 1) + ' ' + (j + 1); print(r);",
    cpp: 'int n, t; cin >> n >> t; vector<int> a(n); for (auto& x : a) cin >> x; string r = "-1"; for (int j = 0; j < n; j++) for (int i = 0; i < j; i++) if (a[i] + a[j] == t) r = to_string(i + 1) + " " + to_string(j + 1); cout << r;',
    near: both('i < j', 'i <= j'),
  },
  {
    name: 'inversions of a list',
    cases: [
      ['4\n4 3 2 1', '6'],
      ['3\n1 2 3', '0'],
      ['4\n2 2 1 1', '4'],
    ],
    javascript:
      'const n = next(), a = Array.from({ length: n }, next); let c = 0; for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) if (a[i] > a[j]) c++; print(c);',
    cpp: 'int n, c = 0; cin >> n; vector<int> a(n); for (auto& x : a) cin >> x; for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) if (a[i] > a[j]) c++; cout << c;',
    near: both('a[i] > a[j]', 'a[i] >= a[j]'),
  },
  {
    name: 'turned matrix',
    cases: [
      ['2 3\n1 2 3\n4 5 6', '1 4\n2 5\n3 6'],
      ['1 1\n7', '7'],
    ],
    javascript:
      "const r = next(), c = next(), a = Array.from({ length: r * c }, next); for (let j = 0; j < c; j++) print(Array.from({ length: r }, (_, i) => a[i * c + j]).join(' '));",
    cpp: 'int r, c; cin >> r >> c; vector<int> a(r * c); for (auto& x : a) cin >> x; for (int j = 0; j < c; j++) { for (int i = 0; i < r; i++) cout << a[i * c + j] << " "; cout << "\\n"; }',
    near: both('i * c + j', 'j * r + i'),
  },
  {
    name: 'sliding maximum',
    cases: [
      ['5 2\n1 3 2 5 4', '3 3 5 5'],
      ['3 3\n1 2 3', '3'],
      ['3 1\n3 1 2', '3 1 2'],
    ],
    javascript:
      "const n = next(), k = next(), a = Array.from({ length: n }, next); const r = []; for (let i = k; i <= n; i++) r.push(Math.max(...a.slice(i - k, i))); print(r.join(' '));",
    cpp: 'int n, k; cin >> n >> k; vector<int> a(n); for (auto& x : a) cin >> x; for (int i = k; i <= n; i++) cout << *max_element(a.begin() + i - k, a.begin() + i) << " ";',
    near: both('i <= n', 'i < n'),
  },
  {
    name: 'largest rectangle of bars',
    cases: [
      ['6\n2 1 5 6 2 3', '10'],
      ['1\n4', '4'],
      ['4\n2 2 2 2', '8'],
    ],
    javascript:
      'const n = next(), a = Array.from({ length: n }, next); let best = 0; for (let i = 0; i < n; i++) { let low = a[i]; for (let j = i; j < n; j++) { low = Math.min(low, a[j]); best = Math.max(best, low * (j - i + 1)); } } print(best);',
    cpp: 'int n, best = 0; cin >> n; vector<int> a(n); for (auto& x : a) cin >> x; for (int i = 0; i < n; i++) { int low = a[i]; for (int j = i; j < n; j++) { low = min(low, a[j]); best = max(best, low * (j - i + 1)); } } cout << best;',
    near: both('j - i + 1', 'j - i'),
  },
  {
    name: 'coins to an amount',
    cases: [
      ['3 11\n1 2 5', '3'],
      ['1 3\n2', '-1'],
      ['2 0\n3 4', '0'],
    ],
    javascript:
      'const n = next(), t = next(), c = Array.from({ length: n }, next), d = new Array(t + 1).fill(Infinity); d[0] = 0; for (let i = 1; i <= t; i++) for (const x of c) if (i >= x) d[i] = Math.min(d[i], d[i - x] + 1); print(d[t] === Infinity ? -1 : d[t]);',
    cpp: 'int n, t; cin >> n >> t; vector<int> c(n), d(t + 1, 1000000000); for (auto& x : c) cin >> x; d[0] = 0; for (int i = 1; i <= t; i++) for (int x : c) if (i >= x) d[i] = min(d[i], d[i - x] + 1); cout << (d[t] >= 1000000000 ? -1 : d[t]);',
    near: both('i >= x', 'i > x'),
  },
  {
    name: 'longest rising subsequence',
    cases: [
      ['6\n10 9 2 5 3 7', '3'],
      ['3\n3 3 3', '1'],
      ['4\n1 2 3 4', '4'],
    ],
    javascript:
      'const n = next(), a = Array.from({ length: n }, next), d = a.map(() => 1); for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (a[j] < a[i]) d[i] = Math.max(d[i], d[j] + 1); print(Math.max(...d));',
    cpp: 'int n; cin >> n; vector<int> a(n), d(n, 1); for (auto& x : a) cin >> x; for (int i = 0; i < n; i++) for (int j = 0; j < i; j++) if (a[j] < a[i]) d[i] = max(d[i], d[j] + 1); cout << *max_element(d.begin(), d.end());',
    near: both('a[j] < a[i]', 'a[j] <= a[i]'),
  },
];
