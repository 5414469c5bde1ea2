import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportDataset, type RunSettings, run } from 'sluice';
import { labels } from './faults.ts';
import { student, teacher } from './models.ts';
import { networkRows } from './network.ts';

const settings: RunSettings = {
  run: 'diagnosis',
  problems: [{ path: 'problems.jsonl' }],
  domains: { diagnosis: { kind: 'label', labels } },
  student: { attempts: 8 },
  levels: { by: 'pass-rate' },
  target: { records: 120, distribution: 'curriculum', onShortfall: 'redistribute', admit: 'after-grading' },
  teacher: { samples: 3 },
  transport: { kind: 'embedded', path: 'store' },
  output: { dir: 'out' },
};

/** Makes the cases, runs the whole flow over them, and exports it for a trainer; all in one folder. */
export const diagnose = async (folder: string, count = 600) => {
  mkdirSync(folder, { recursive: true });
  const rows = networkRows(count).map((row) => JSON.stringify(row));
  writeFileSync(join(folder, 'problems.jsonl'), `${rows.join('\n')}\n`);
  const own = { folder, models: { student, teacher } };
  const report = await run(settings, own);
  const { rows: exported } = await exportDataset(settings, { format: 'trl', out: join(folder, 'trl') }, own);
  return { report, exported };
};

if (import.meta.main) {
  const { report, exported } = await diagnose(process.argv[2] ?? 'diagnosis-run');
  console.log(
    `${report.states.emitted} of ${report.problems} cases, ${exported} rows for the trainer: ${report.stopped}`,
  );
}
