import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { withExample } from '../../arguments/options.ts';
import { wholeNumber } from '../../arguments/values.ts';
import { loadConfig } from '../../config/load.ts';
import { runAndReport } from './run.ts';

const PROBLEMS = 1500;

/** The whole flow on simulated models, in a fresh store each time: what `npm start` shows. */
export const demoCommand = (): Command =>
  withExample(
    new Command('demo')
      .description('the whole flow on the simulated models, in a fresh store each time; writes out/')
      .option('--records <number>', 'how many records are to be emitted', '300')
      .option('--json', 'prints the report as JSON')
      .action(async ({ records, json }: { records: string; json?: boolean }) => {
        wholeNumber(records, '--records');
        const folder = join('.sluice', 'demo');
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        const rehearsal = await startRehearsal({ seed: 1 });
        try {
          const rows = [...rehearsalProblems({ seed: 1, count: PROBLEMS })].map((row) => JSON.stringify(row));
          writeFileSync(join(folder, 'problems.jsonl'), `${rows.join('\n')}\n`);
          const file = join(folder, 'sluice.yaml');
          writeFileSync(file, demoConfig(rehearsal.url));
          console.error(`${PROBLEMS} problems, the simulated models at ${rehearsal.url}; the configuration is ${file}`);
          await runAndReport(loadConfig(file, [`target.records=${records}`], {}), {
            ingest: true,
            ...(json && { json }),
          });
          console.error(next(file));
        } finally {
          await rehearsal.close();
        }
      }),
    'sluice demo --records 300',
  );

const next = (
  file: string,
): string => `files: out/cot.jsonl, out/rejected.jsonl, out/report.json; out/report.html shows the result in pictures
next:
  sluice status -c ${file}
  sluice inspect -c ${file} --level level_1 --last 3
  sluice page -c ${file}
  sluice init                    a configuration for problems and models of your own`;

const demoConfig = (url: string): string => `run: demo
problems:
  - path: problems.jsonl
student:
  baseUrl: ${url}/v1
  model: rehearsal-student
  concurrency: 64
scorer: { kind: prm, baseUrl: ${url}, model: rehearsal-prm, concurrency: 64 }
target:
  records: 300
  distribution: curriculum
teacher:
  baseUrl: ${url}/v1
  model: rehearsal-teacher
  samples: 2
  seed: 1
  concurrency: 64
transport: { kind: embedded, path: store }
output: { dir: ../../out }
`;
