import { describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../rehearsal/server/server.ts';
import { easyConfigText, sluice, workFolder } from './sluice.ts';

const problems = [...rehearsalProblems({ seed: 1, count: 60 })].map((row) => `${JSON.stringify(row)}\n`).join('');

/** The wall clock goes an hour forwards and backwards at each look. */
const jumping = `data:text/javascript,${encodeURIComponent(
  'const now = Date.now; let looks = 0; Date.now = () => now() + (looks++ % 2 ? 3600000 : -3600000);',
)}`;

describe('a clock that jumps', () => {
  it('changes nothing but the times in the log', async () => {
    const models = await startRehearsal({ faults: { errors: 0.1 } });
    const folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': problems });
    const env = { NODE_OPTIONS: `--import=${jumping}` };
    const ended = await sluice(['run', '--json'], { cwd: folder.path, env });
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.stdout);
    expect(report.states).toMatchObject({ emitted: 12, dead: 0 });
    expect(report.problems).toBe(60);
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.seconds).toBeLessThan(1800);
    const status = await sluice(['status', '--json'], { cwd: folder.path, env });
    expect(JSON.parse(status.stdout)).toMatchObject({ phase: 'idle', problems: 60 });
    folder.destroy();
    await models.close();
  });
});
