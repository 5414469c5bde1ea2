import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../cli/config/load.ts';
import { settingsOf } from '../../../flow/settings/parse.ts';
import type { SettingsInput } from '../../../flow/settings/schema.ts';
import { easyConfigText, workFolder } from '../../cli/sluice.ts';

const teacher = { baseUrl: 'http://127.0.0.1:1/v1', model: 'm' };
const settings: SettingsInput = {
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: 'http://127.0.0.1:1/v1', model: 'm' },
  scorer: { kind: 'prm', baseUrl: 'http://127.0.0.1:1', model: 'm' },
  target: { records: 1 },
  teacher,
};
const grader = (url: string) => ({ ...settings, domains: { mine: { kind: 'http', url } } });

describe('a key in the query of a URL', () => {
  it.each([
    ['by its name', 'https://a.invalid/judge?page=10000000&api_key=one-two-three', ['one-two-three']],
    ['by its look', 'https://a.invalid/judge?with=sk-abcdefghijkl1234', ['sk-abcdefghijkl1234']],
    ['as it is sent, without its escapes', 'https://a.invalid/judge?token=one%20two%20three', ['one two three']],
    ['not where it is none', 'https://a.invalid/judge?keys=many-of-them&version=2026-01-01', []],
  ])('is a secret %s', (_, url, secrets) => {
    expect(settingsOf(grader(url)).secrets).toEqual(secrets);
  });

  it('is a secret of a configuration, too, in the file and by reference', () => {
    const url = 'https://a.invalid/judge?api_key=one-two-three';
    const yaml = (text: string) =>
      `${easyConfigText('http://127.0.0.1:1')}\ndomains: { mine: { kind: http, url: "${text}" } }`;
    const folder = workFolder({ 'sluice.yaml': yaml(url), 'reference.yaml': yaml(`\${GRADER}`), 'problems.jsonl': '' });
    try {
      expect(loadConfig(join(folder.path, 'sluice.yaml'), [], {}).secrets).toEqual(['one-two-three']);
      const referred = loadConfig(join(folder.path, 'reference.yaml'), [], { GRADER: url });
      expect(referred.secrets).toEqual(['one-two-three']);
    } finally {
      folder.destroy();
    }
  });
});

describe('a name and password in a URL', () => {
  it.each(['https://me:hunter2@a.invalid/', 'https://hunter2@a.invalid/', 'HTTPS://:hunter2@a.invalid/'])(
    '%s is refused wherever it stands, and not told',
    (url) => {
      const told = [grader(url), { ...settings, telemetry: { otlp: url } }].map((one) => {
        try {
          settingsOf(one);
          return 'taken';
        } catch (error) {
          return (error as Error).message;
        }
      });
      expect(told).toEqual([
        'domains.mine.url: must hold no name and password; send a key by reference to the environment',
        'telemetry.otlp: must hold no name and password; send a key by reference to the environment',
      ]);
    },
  );

  it('is no matter of a prompt that speaks of one', () => {
    const prompt = { maths: 'See https://me:you@a.invalid for this. {statement}' };
    expect(settingsOf({ ...settings, teacher: { ...teacher, prompt } }).secrets).toEqual([]);
  });
});
