/** Writes the demo's problems and configuration into a folder: `node prepare.ts FOLDER BROKERS`. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';

const [folder = '.', brokers = '127.0.0.1:9092'] = process.argv.slice(2);
const problems = join(folder, 'problems.jsonl');
if (!existsSync(problems)) {
  const rows = [...rehearsalProblems({ seed: 1, count: 1_500 })].map((row) => `${JSON.stringify(row)}\n`);
  writeFileSync(problems, rows.join(''));
}
// The rehearsal models serve on loopback: every service of the demo shares their network.
writeFileSync(
  join(folder, 'sluice.yaml'),
  `run: demo
problems:
  - path: problems.jsonl
student: { baseUrl: http://127.0.0.1:8000/v1, model: rehearsal-student, concurrency: 64 }
scorer: { kind: prm, baseUrl: http://127.0.0.1:8000, model: rehearsal-prm, concurrency: 64 }
target: { records: 300, distribution: curriculum }
teacher: { baseUrl: http://127.0.0.1:8000/v1, model: rehearsal-teacher, samples: 2, concurrency: 64 }
transport: { kind: kafka, brokers: ["${brokers}"], partitions: 6 }
output: { dir: out }
`,
);
