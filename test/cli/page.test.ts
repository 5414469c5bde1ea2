import { describe, expect, it } from 'vitest';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { configText, workFolder } from './sluice.ts';

describe('sluice page', () => {
  it.each([
    [['-c', 'sluice.yaml', '-c', 'other.yaml', 'a'], 'takes names of runs, or several configurations; not both'],
    [['a', 'b', 'a'], 'the run "a" of sluice.yaml is asked for twice'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'shows 6 runs at most, not 7'],
    [['a', '--listen', 'nowhere'], '--listen nowhere: wants HOST:PORT'],
    [['a'], 'no store'],
  ])('%j is told what is wrong', async (args, wrong) => {
    const text = configText('http://127.0.0.1:1');
    const folder = workFolder({ 'sluice.yaml': text, 'other.yaml': text });
    const { code, stderr } = await sluiceHere(['page', ...args], { cwd: folder.path });
    folder.destroy();
    expect(stderr).toContain(wrong);
    expect(code).toBe(2);
  });
});
