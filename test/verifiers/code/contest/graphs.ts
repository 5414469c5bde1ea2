import { both, type ContestProblem } from './problem.ts';

export const graphs: readonly ContestProblem[] = [
  {
    name: 'parts of a graph',
    cases: [
      ['5 3\n1 2\n2 3\n4 5', '2'],
      ['3 0', '3'],
      ['4 4\n1 2\n2 3\n3 4\n4 1', '1'],
    ],
    javascript:
      'const n = next(); let m = next(), parts = n; const up = Array.from({ length: n + 1 }, (_, i) => i); const top = (x) => (up[x] === x ? x : (up[x] = top(up[x]))); while (m--) { const a = top(next()), b = top(next()); if (a !== b) { up[a] = b; parts--; } } print(parts);',
    cpp: 'int n, m; cin >> n >> m; vector<int> up(n + 1); for (int i = 0; i <= n; i++) up[i] = i; function<int(int)> top = [&](int x) { return up[x] == x ? x : up[x] = top(up[x]); }; int parts = n; while (m--) { int a, b; cin >> a >> b; a = top(a); b = top(b); if (a != b) { up[a] = b; parts--; } } cout << parts;',
    near: { javascript: ['if (a !== b) {', '{'], cpp: ['if (a != b) {', '{'] },
  },
  {
    name: 'steps through a maze',
    cases: [
      ['3 3\n..#\n#..\n##.', '4'],
      ['2 2\n.#\n#.', '-1'],
      ['1 1\n.', '0'],
    ],
    javascript:
      "const r = next(), c = next(), g = Array.from({ length: r }, word); const d = new Map([['0,0', 0]]), q = [[0, 0]]; for (const [y, x] of q) for (const [v, u] of [[y + 1, x], [y - 1, x], [y, x + 1], [y, x - 1]]) if (g[v]?.[u] === '.' && !d.has(v + ',' + u)) { d.set(v + ',' + u, d.get(y + ',' + x) + 1); q.push([v, u]); } print(d.get(r - 1 + ',' + (c - 1)) ?? -1);",
    cpp: 'int r, c; cin >> r >> c; vector<string> g(r); for (auto& w : g) cin >> w; vector<vector<int>> d(r, vector<int>(c, -1)); queue<pair<int, int>> q; q.push({0, 0}); d[0][0] = 0; while (!q.empty()) { auto [y, x] = q.front(); q.pop(); int dy[] = {1, -1, 0, 0}, dx[] = {0, 0, 1, -1}; for (int k = 0; k < 4; k++) { int v = y + dy[k], u = x + dx[k]; if (v < 0 || u < 0 || v >= r || u >= c || g[v][u] != 46 || d[v][u] >= 0) continue; d[v][u] = d[y][x] + 1; q.push({v, u}); } } cout << d[r - 1][c - 1];',
    near: { javascript: ["[['0,0', 0]]", "[['0,0', 1]]"], cpp: ['d[0][0] = 0', 'd[0][0] = 1'] },
  },
  {
    name: 'shortest ways',
    cases: [
      ['4 4\n1 2 1\n2 3 2\n1 3 5\n3 4 1', '4'],
      ['2 0', '-1'],
      ['3 3\n1 2 10\n1 3 1\n3 2 1', '1'],
    ],
    javascript:
      'const n = next(), m = next(); const e = Array.from({ length: m }, () => [next(), next(), next()]); const d = new Array(n + 1).fill(Infinity); d[1] = 0; for (let i = 0; i < n; i++) for (const [a, b, w] of e) { d[b] = Math.min(d[b], d[a] + w); d[a] = Math.min(d[a], d[b] + w); } print(d[n] === Infinity ? -1 : d[n]);',
    cpp: 'int n, m; cin >> n >> m; vector<array<long long, 3>> e(m); for (auto& [a, b, w] : e) cin >> a >> b >> w; vector<long long> d(n + 1, 1e15); d[1] = 0; for (int i = 0; i < n; i++) for (auto& [a, b, w] : e) { d[b] = min(d[b], d[a] + w); d[a] = min(d[a], d[b] + w); } cout << (d[n] >= 1e15 ? -1 : d[n]);',
    near: both('d[1] = 0', 'd[1] = 1'),
  },
  {
    name: 'order of tasks',
    cases: [
      ['3 2\n1 2\n2 3', '1 2 3'],
      ['2 2\n1 2\n2 1', 'impossible'],
      ['4 2\n3 1\n4 2', '3 1 4 2'],
    ],
    javascript:
      "const n = next(); let m = next(); const w = new Array(n + 1).fill(0), to = Array.from({ length: n + 1 }, () => []); while (m--) { const a = next(), b = next(); to[a].push(b); w[b]++; } const r = [], free = []; for (let i = 1; i <= n; i++) if (w[i] === 0) free.push(i); while (free.length) { free.sort((x, y) => x - y); const a = free.shift(); r.push(a); for (const b of to[a]) if (--w[b] === 0) free.push(b); } print(r.length === n ? r.join(' ') : 'impossible');",
    cpp: 'int n, m; cin >> n >> m; vector<int> w(n + 1), r; vector<vector<int>> to(n + 1); while (m--) { int a, b; cin >> a >> b; to[a].push_back(b); w[b]++; } set<int> f; for (int i = 1; i <= n; i++) if (w[i] == 0) f.insert(i); while (!f.empty()) { int a = *f.begin(); f.erase(f.begin()); r.push_back(a); for (int b : to[a]) if (--w[b] == 0) f.insert(b); } if ((int)r.size() != n) cout << "impossible"; else for (int x : r) cout << x << " ";',
    near: both('i = 1;', 'i = 2;'),
  },
  {
    name: 'depth of a tree',
    cases: [
      ['5\n0 1 1 2 4', '4'],
      ['1\n0', '1'],
      ['3\n0 1 2', '3'],
    ],
    javascript:
      'const n = next(); const d = [0]; for (let i = 1; i <= n; i++) d[i] = d[next()] + 1; print(Math.max(...d));',
    cpp: 'int n, p; cin >> n; vector<int> d(n + 1); for (int i = 1; i <= n; i++) { cin >> p; d[i] = d[p] + 1; } cout << *max_element(d.begin(), d.end());',
    near: {
      javascript: ['Math.max(...d)', 'd.length - 1 > 2 ? d[n] - 1 : d[n]'],
      cpp: ['*max_element(d.begin(), d.end())', 'd[n] - (n > 2)'],
    },
  },
];
