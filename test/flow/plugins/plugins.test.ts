import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processingAfter } from '../../../flow/plugins/processing.ts';
import { loadPlugins } from '../../../flow/settings/load-plugins.ts';
import { settingsOf } from '../../../flow/settings/parse.ts';
import type { SettingsInput } from '../../../flow/settings/schema.ts';
import type { Graded } from '../../../schemas/types.ts';
import { problem, wrongGrade } from '../../helpers/flow.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-plugins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = (path: readonly PropertyKey[]) => path.join('.');
const write = (file: string, text: string): string => {
  writeFileSync(join(folder, file), text);
  return file;
};
const faults: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['no default export', 'export const name = "a";', /a\.ts: has no default export/],
  ['a slip of the pen', 'export default { name: "a", domain: [] };', /a\.ts: the default export: .*domain/],
  ['no function', 'export default { name: "a", domains: [{ name: "x", judge: 1 }] };', /a\.ts: domains\.0\.judge/],
  ['another topic', 'export default { name: "a", processors: [{ name: "p", after: "cot", process() {} }] };', /after/],
  ['types that are code', 'enum A { B } export default { name: "a" };', /a\.ts: cannot be loaded: .*enum/i],
  ['a slip of the language', '\nexport default {', /a\.ts: cannot be loaded: .*\(line 2\)/],
  [
    'an error of its own',
    '\nthrow new Error("no luck"); export default {};',
    /a\.ts: cannot be loaded: no luck \(line 2\)/,
  ],
  ['a wait at its top', 'await 1; export default { name: "a" };', /a\.ts: has an `await` at its top/],
];

describe('plugins', () => {
  it('bring domains, presets, exporters and processors, typed by the library', () => {
    const [plugin] = loadPlugins([resolve('examples/plugin/my-domain.ts')], '/', place);
    expect(plugin).toMatchObject({
      ...{ name: 'roman', version: '1', domains: [{ name: 'roman' }], presets: [{ name: 'roman-csv' }] },
      ...{ exporters: [{ name: 'cards', from: 'cot' }], processors: [{ name: 'no-long-thoughts', after: 'graded' }] },
    });
  });

  it.each(faults.map((one, index) => [...one, index] as const))(
    'with %s are refused by file',
    (_, text, says, index) => {
      const file = write(`${index}-a.ts`, text);
      expect(() => loadPlugins([file], folder, place)).toThrow(says);
      expect(() => loadPlugins([file], folder, place)).toThrow('plugins.0: ');
    },
  );

  it('that are not there, or are called alike, are refused by file', () => {
    expect(() => loadPlugins(['none.ts'], folder, place)).toThrow('plugins.0: none.ts: is not there');
    const [one, other] = ['one.ts', 'other.ts'].map((file) => write(file, 'export default { name: "same" };'));
    expect(() => loadPlugins([one!, other!], folder, place)).toThrow(
      'plugins.1: other.ts: is called same, as one.ts is',
    );
  });
});

describe('a domain of a plugin', () => {
  const brings = (file: string, plugin: string) =>
    write(file, `export default { name: "${plugin}", domains: [{ name: "ranks", judge: () => true }] };`);
  const settings = (plugins: readonly string[], domains: SettingsInput['domains'] = {}): SettingsInput => ({
    ...{ plugins: [...plugins], domains, problems: [{ path: 'p.jsonl' }], levels: { by: 'pass-rate' } },
    ...{ student: { baseUrl: 'http://127.0.0.1:1/v1', model: 'a', attempts: 2 }, target: { records: 1 } },
    teacher: { baseUrl: 'http://127.0.0.1:1/v1', model: 'b' },
  });

  it('is named by nobody else', () => {
    const [one, other] = [brings('first.ts', 'first'), brings('second.ts', 'second')];
    expect(settingsOf(settings([one]), { folder }).domains.has('ranks')).toBe(true);
    expect(() => settingsOf(settings([one], { ranks: { kind: 'text' } }), { folder })).toThrow(
      'plugins.0: first.ts: brings the domain ranks, as domains.ranks does: give one of them another name',
    );
    expect(() => settingsOf(settings([one, other]), { folder })).toThrow(
      'plugins.1: second.ts: brings the domain ranks, as first.ts does',
    );
  });
});

describe('a processor of a plugin', () => {
  const graded = (): Graded => ({
    ...{ problem: problem('p'), grade: wrongGrade('student'), messages: [], attempts: [], simulated: false },
  });
  const processing = (body: string) => {
    const file = write(
      `processor-${Math.abs(body.length)}-${body.charCodeAt(3)}.ts`,
      `export default { name: "a", processors: [
      { name: "first", after: "graded", process: (one) => ({ ...one, simulated: true }) },
      { name: "p", after: "graded", process: ${body} },
      { name: "other", after: "scored", process: () => null } ] };`,
    );
    return processingAfter(loadPlugins([file], folder, place), 'graded')!(graded(), new AbortController().signal);
  };

  it('gives the next stage another record, one after another', async () => {
    expect(
      await processing('async (one) => ({ ...one, messages: [{ role: "user", content: String(one.simulated) }] })'),
    ).toEqual({
      ...graded(),
      ...{ simulated: true, messages: [{ role: 'user', content: 'true' }] },
    });
  });

  it('that fails, or gives another problem, makes a dead letter that names its file', async () => {
    const dead = { code: 'processor', disposition: 'dead-letter' };
    await expect(processing('() => { throw new Error("no luck"); }')).rejects.toMatchObject(dead);
    await expect(processing('() => { throw new Error("no luck") }')).rejects.toThrow(/p of .*\.ts failed: no luck/);
    await expect(processing('() => undefined')).rejects.toThrow('gave a record of no problem');
    await expect(processing('(one) => ({ ...one, problem: { ...one.problem, id: "q" } })')).rejects.toThrow(
      'another problem',
    );
  });

  it('is not there where no plugin brings one', () => {
    expect(processingAfter([], 'graded')).toBeUndefined();
  });
});
