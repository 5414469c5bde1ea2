import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { answered } from '../helpers/models/model-replies.ts';
import { modelServer } from '../helpers/models/model-server.ts';
import { place } from '../helpers/sluice.ts';

it('a plugin’s domain, preset, processor and exporter serve a whole run', { timeout: 120_000 }, async () => {
  const numerals: Readonly<Record<string, string>> = { 4: 'IV', 9: 'IX', 14: 'XIV', 40: 'XL', 90: 'XC' };
  const server = await modelServer({
    chat: ({ text, model }) => {
      const number = /\d+/.exec(text)?.[0] ?? '';
      const numeral = numerals[number] ?? '';
      return answered(model === 'teacher' || number.length < 2 ? numeral : 'IIII', 'a thought');
    },
  });
  const model = (name: string) => ({ baseUrl: `${server.url}/v1`, model: name });
  const there = place({
    run: 'roman',
    plugins: ['my-domain.ts'],
    problems: [{ path: 'numbers.csv', preset: 'roman-csv' }],
    student: { ...model('student'), attempts: 2 },
    ...{ levels: { by: 'pass-rate' }, target: { records: 4, distribution: 'natural' }, teacher: model('teacher') },
  });
  try {
    cpSync(resolve('examples/plugin/my-domain.ts'), join(there.folder, 'my-domain.ts'));
    const rows = Object.entries(numerals).map((row) => row.join(','));
    writeFileSync(join(there.folder, 'numbers.csv'), `number,numeral\n${rows.join('\n')}\n`);
    expect((await there.run('plugins', 'list')).stdout).toBe(
      'roman 1 (my-domain.ts)  domains: roman; presets: roman-csv; exporters: cards; processors: no-long-thoughts after graded\n',
    );
    const ended = await there.run('run', '--json', '--yes');
    expect(ended.code, ended.stderr).toBe(0);
    expect(there.report()).toMatchObject({ emitted: expect.anything(), states: { emitted: 4 }, graded: { right: 2 } });
    const exported = await there.run('export', '--format', 'cards', '--out', 'cards');
    expect(exported.code, exported.stderr).toBe(0);
    const cards = readFileSync(join(there.folder, 'cards', 'data', 'train-00000.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(cards).toHaveLength(4);
    for (const { front, back } of cards.map((line) => JSON.parse(line) as { front: string; back: string }))
      expect(back).toBe(numerals[/\d+/.exec(front)?.[0] ?? '']);
    const other = await there.run('run', '--set', 'plugins=["none.ts"]');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('none.ts: is not there') });
  } finally {
    there.remove();
    await server.close();
  }
});
