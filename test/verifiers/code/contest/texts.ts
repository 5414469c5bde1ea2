import { both, type ContestProblem } from './problem.ts';

export const texts: readonly ContestProblem[] = [
  {
    name: 'turned word',
    cases: [
      ['hello', 'olleh'],
      ['a', 'a'],
    ],
    javascript: "print([...word()].reverse().join(''));",
    cpp: 'string w; cin >> w; reverse(w.begin(), w.end()); cout << w;',
    near: { javascript: ['.reverse()', ''], cpp: ['reverse(w.begin(), w.end());', ''] },
  },
  {
    name: 'palindrome',
    cases: [
      ['level', 'yes'],
      ['levels', 'no'],
      ['x', 'yes'],
      ['abca', 'no'],
    ],
    javascript:
      "const w = word(); let p = true; for (let i = 0; i < w.length / 2; i++) if (w[i] !== w[w.length - 1 - i]) p = false; print(p ? 'yes' : 'no');",
    cpp: 'string w; cin >> w; bool p = true; for (size_t i = 0; i < w.size() / 2; i++) if (w[i] != w[w.size() - 1 - i]) p = false; cout << (p ? "yes" : "no");',
    near: { javascript: ['i < w.length / 2', 'i < 1'], cpp: ['i < w.size() / 2', 'i < 1'] },
  },
  {
    name: 'words of a line',
    cases: [
      ['the quick  brown fox\n', '4'],
      ['one', '1'],
      ['  two words ', '2'],
    ],
    javascript: 'print(line().split(/\\s+/).filter((w) => w).length);',
    cpp: 'string l, w; getline(cin, l); stringstream s(l); int n = 0; while (s >> w) n++; cout << n;',
    near: { javascript: ['.filter((w) => w)', ''], cpp: ['int n = 0', 'int n = 1'] },
  },
  {
    name: 'most frequent letter',
    cases: [
      ['banana', 'a 3'],
      ['zz', 'z 2'],
      ['abab', 'a 2'],
    ],
    javascript:
      'const c = {}; for (const x of word()) c[x] = (c[x] || 0) + 1; const [b] = Object.keys(c).sort().sort((x, y) => c[y] - c[x]); print(b, c[b]);',
    cpp: 'string w; cin >> w; map<char, int> c; for (char x : w) c[x]++; char b = w[0]; for (auto& [x, n] : c) if (n > c[b] || (n == c[b] && x < b)) b = x; cout << b << " " << c[b];',
    near: { javascript: ['c[y] - c[x]', 'c[x] - c[y]'], cpp: ['n > c[b]', 'n < c[b]'] },
  },
  {
    name: 'shifted letters',
    cases: [
      ['3 xyz', 'abc'],
      ['0 abc', 'abc'],
      ['25 b', 'a'],
    ],
    javascript:
      'const k = next(); print([...word()].map((c) => String.fromCharCode(97 + (c.charCodeAt(0) - 97 + k) % 26)).join(""));',
    cpp: 'int k; string w; cin >> k >> w; for (char& c : w) c = 97 + (c - 97 + k) % 26; cout << w;',
    near: both('% 26', '% 27'),
  },
  {
    name: 'balanced brackets',
    cases: [
      ['([]{})', 'balanced'],
      ['(]', 'broken'],
      ['((', 'broken'],
      [')', 'broken'],
    ],
    javascript:
      "const s = [], m = { ')': '(', ']': '[', '}': '{' }; let ok = true; for (const c of word()) { if (m[c]) { if (s.pop() !== m[c]) ok = false; } else s.push(c); } print(ok && s.length === 0 ? 'balanced' : 'broken');",
    cpp: "string w, s; cin >> w; map<char, char> m{{')', '('}, {']', '['}, {'}', '{'}}; bool ok = true; for (char c : w) { if (m.count(c)) { if (s.empty() || s.back() != m[c]) ok = false; else s.pop_back(); } else s += c; } cout << (ok && s.empty() ? \"balanced\" : \"broken\");",
    near: { javascript: ['ok && s.length === 0', 'ok'], cpp: ['ok && s.empty()', 'ok'] },
  },
  {
    name: 'runs of letters',
    cases: [
      ['aaabcc', 'a3b1c2'],
      ['z', 'z1'],
    ],
    javascript:
      "const w = word(); let r = ''; for (let i = 0, j = 0; i < w.length; i = j) { while (j < w.length && w[j] === w[i]) j++; r += w[i] + (j - i); } print(r);",
    cpp: 'string w; cin >> w; for (size_t i = 0, j = 0; i < w.size(); i = j) { while (j < w.size() && w[j] == w[i]) j++; cout << w[i] << (j - i); }',
    near: { javascript: ['(j - i)', '(j - i > 1 ? j - i : "")'], cpp: ['<< (j - i)', '<< (j - i + 1)'] },
  },
  {
    name: 'longest common subsequence',
    cases: [
      ['abcde ace', '3'],
      ['abc xyz', '0'],
      ['aab aab', '3'],
      ['a aa', '1'],
    ],
    javascript:
      'const a = word(), b = word(); const d = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0)); for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) d[i][j] = a[i - 1] === b[j - 1] ? d[i - 1][j - 1] + 1 : Math.max(d[i - 1][j], d[i][j - 1]); print(d[a.length][b.length]);',
    cpp: 'string a, b; cin >> a >> b; vector<vector<int>> d(a.size() + 1, vector<int>(b.size() + 1)); for (size_t i = 1; i <= a.size(); i++) for (size_t j = 1; j <= b.size(); j++) d[i][j] = a[i - 1] == b[j - 1] ? d[i - 1][j - 1] + 1 : max(d[i - 1][j], d[i][j - 1]); cout << d[a.size()][b.size()];',
    near: both('d[i - 1][j - 1] + 1', 'd[i][j - 1] + 1'),
  },
];
