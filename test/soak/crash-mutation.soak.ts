/**
 * Shows that the crash soak can fail: in a copy of the project, offsets are committed in a transaction of their own,
 * before the outputs that they stand for; a law has to break within so many kills.
 * `node test/soak/crash-mutation.soak.ts [KILLS]`; exits with 1 where the mutant survives.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataFolder } from '../helpers/real-data.ts';

const [kills = '10'] = process.argv.slice(2);
const project = resolve(import.meta.dirname, '../..');
const leftOut = ['node_modules', 'dist', 'out', '.git', '.sluice'];

const file = 'runtime/transports/embedded/open.ts';
const offsets = '          positions.write(spec.stage, done);\n';
const before = '        await group.write(() => {\n          append(outputs);\n';
const earlier = '        await group.write(() => positions.write(spec.stage, done));\n';

const mutate = (text: string): string => {
  if (!text.includes(offsets) || !text.includes(before)) {
    throw new Error(`${file} has changed: the mutation does not fit any more`);
  }
  return text.replace(offsets, '').replace(before, earlier + before);
};

const copy = mkdtempSync(join(tmpdir(), 'sluice-mutant-'));
try {
  for (const name of readdirSync(project)) {
    if (!leftOut.includes(name)) cpSync(join(project, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, file), mutate(readFileSync(join(project, file), 'utf8')));
  const soak = spawnSync(process.execPath, ['test/soak/crash.soak.ts', kills], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, SLUICE_DATA: dataFolder },
  });
  console.log(soak.stdout || soak.stderr);
  const caught = soak.stdout.includes('**broken**');
  console.log(caught ? 'The mutant was caught.' : 'The mutant survived: the crash soak sees nothing.');
  if (!caught) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
