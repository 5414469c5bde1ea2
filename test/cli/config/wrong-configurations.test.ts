import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { json, scriptedServer } from '../../llm/scripted-server.ts';
import { configText, workFolder } from '../sluice.ts';

interface Wrong {
  /** What is wrong with it. */
  readonly name: string;
  /** Lines of the right configuration that are replaced, by their number. */
  readonly lines?: Readonly<Record<number, string>>;
  /** Instead of the right configuration. */
  readonly text?: string | Uint8Array;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What stderr must say: place, key, what was found, what is allowed. */
  readonly says: readonly string[];
}

/** The lines of the right configuration, for reference: see `configText`. */
const cases: readonly Wrong[] = [
  // Keys
  {
    name: 'an unknown key',
    lines: { 9: '  recods: 12' },
    says: [':9: target.recods: unknown key', 'did you mean "records"?', 'distribution'],
  },
  {
    name: 'an unknown key at the top',
    lines: { 1: 'rnu: test' },
    says: [':1: rnu: unknown key', 'did you mean "run"?'],
  },
  { name: 'an unknown key in a list', lines: { 3: '  - pth: problems.jsonl' }, says: [':3: problems.0', 'path'] },
  {
    name: 'an unknown key of a scorer',
    lines: { 7: 'scorer: { kind: judge, baseUrl: "http://127.0.0.1:1", model: m, agregate: min }' },
    says: [':7: scorer.agregate: unknown key', 'did you mean "aggregate"?'],
  },
  { name: 'a missing group', lines: { 10: 'x-teacher:' }, says: ['teacher: is missing (object wanted)'] },
  { name: 'a missing key', lines: { 6: '  revision: "1"' }, says: ['student.model: is missing (string wanted)'] },
  {
    name: 'a key twice',
    lines: { 12: '  baseUrl: "http://127.0.0.1:1"' },
    says: ['sluice.yaml:12: not valid YAML', 'unique'],
  },
  // Types and ranges
  {
    name: 'a text for a number',
    lines: { 9: '  records: many' },
    says: [':9: target.records: wants number, found "many"'],
  },
  {
    name: 'a number as text',
    lines: { 13: '  samples: "2"' },
    says: [':13: teacher.samples: wants number, found "2"'],
  },
  {
    name: 'a fraction for a whole number',
    lines: { 9: '  records: 1.5' },
    says: [':9: target.records: wants int, found 1.5'],
  },
  { name: 'nothing wanted', lines: { 9: '  records: 0' }, says: [':9: target.records: wants more than 0, found 0'] },
  {
    name: 'a negative concurrency',
    lines: { 13: '  concurrency: -4' },
    says: [':13: teacher.concurrency: wants more than 0, found -4'],
  },
  { name: 'too hot', lines: { 13: '  temperature: 3' }, says: [':13: teacher.temperature: wants at most 2, found 3'] },
  {
    name: 'a misspelt word where a group would do, too',
    lines: { 9: '  distribution: curiculum' },
    says: [
      ':9: target.distribution: wants "curriculum", "evaluated", "natural", or object, found "curiculum"; did you mean "curriculum"?',
    ],
  },
  { name: 'a list for a group', lines: { 8: 'target: []', 9: '' }, says: [':8: target: wants object, found []'] },
  { name: 'a number for a model', lines: { 6: '  model: 7' }, says: [':6: student.model: wants string, found 7'] },
  { name: 'an empty model', lines: { 6: '  model: ""' }, says: [':6: student.model: wants at least 1'] },
  {
    name: 'an unknown value',
    lines: { 9: '  admit: later' },
    says: [':9: target.admit: wants "streaming", "after-grading", found "later"'],
  },
  {
    name: 'an unknown distribution',
    lines: { 9: '  distribution: uniform' },
    says: [':9: target.distribution: wants', '"curriculum"', 'found "uniform"'],
  },
  {
    name: 'a level that is none',
    lines: { 9: '  distribution: { easy: 1, level_6: 1 }' },
    says: [':9: target.distribution.level_6: unknown key', 'level_5'],
  },
  {
    name: 'no weight at all',
    lines: { 9: '  distribution: { easy: 0 }' },
    says: [':9: target.distribution: at least one weight must be positive'],
  },
  {
    name: 'an unknown scorer',
    lines: { 7: 'scorer: { kind: prn, baseUrl: "http://127.0.0.1:1", model: m }' },
    says: [':7: scorer', 'prm', 'judge', 'tests'],
  },
  {
    name: 'an unknown transport',
    lines: { 14: 'transport: { kind: rabbit }' },
    says: [':14: transport.kind', 'embedded', 'kafka'],
  },
  {
    name: 'a run name with capitals',
    lines: { 1: 'run: My Run' },
    says: [':1: run: wants lower-case letters', 'found "My Run"'],
  },
  {
    name: 'no URL',
    lines: { 5: '  baseUrl: localhost:8000' },
    says: [':5: student.baseUrl: wants an http or https URL, found "localhost:8000"'],
  },
  {
    name: 'another kind of URL',
    lines: { 5: '  baseUrl: "file:///etc/passwd"' },
    says: [':5: student.baseUrl: wants an http or https URL'],
  },
  // Meaning
  {
    name: 'thresholds that fall',
    lines: { 8: '', 9: 'levels: { thresholds: [0.2, 0.4, 0.3, 0.8] }' },
    says: [':9: levels.thresholds: each must be greater than the one before'],
  },
  {
    name: 'too few thresholds',
    lines: { 8: '', 9: 'levels: { thresholds: [0.2, 0.4] }' },
    says: [':9: levels.thresholds'],
  },
  {
    name: 'quantiles of nothing',
    lines: { 8: '', 9: 'levels: { thresholds: quantiles }' },
    says: [':9: levels.thresholds: quantiles are taken on the evaluation set'],
  },
  {
    name: 'evaluated on nothing',
    lines: { 9: '  distribution: evaluated' },
    says: [':9: target.distribution: evaluated needs an evaluation set'],
  },
  { name: 'no scorer', lines: { 7: '' }, says: ['scorer: is missing: levels by score need one'] },
  {
    name: 'a pass rate of one attempt',
    lines: { 8: '', 9: 'levels: { by: pass-rate }' },
    says: ['student.attempts: levels by pass-rate need more than one attempt'],
  },
  {
    name: 'a cost without prices',
    lines: { 8: '', 9: 'budget: { cost: 10 }' },
    says: [':9: budget.cost: a ceiling on the cost needs prices'],
  },
  {
    name: "a model's cost without its price",
    lines: { 13: '  budget: { cost: 10 }' },
    says: [':13: teacher.budget.cost: a ceiling on the cost needs teacher.price'],
  },
  {
    name: 'more room that is none',
    lines: { 13: '  onTruncated: raise' },
    says: ['teacher.maxTokensRaised: onTruncated: raise needs a number greater than maxTokens'],
  },
  // Secrets
  {
    name: 'a variable that is not set',
    lines: { 13: `  apiKey: \${NO_SUCH_KEY}` },
    says: [':13: teacher.apiKey: the environment variable NO_SUCH_KEY is not set'],
  },
  {
    name: 'a secret in the file',
    lines: { 13: '  apiKey: sk-abcdef' },
    says: [':13: teacher.apiKey: a secret must not stand in the file'],
  },
  {
    name: 'a password in a URL',
    lines: { 5: '  baseUrl: "http://me:hunter2@127.0.0.1:1/v1"' },
    says: [':5: student.baseUrl: must hold no name and password'],
  },
  {
    name: "a password in a collector's URL, and in that of a grader",
    lines: {
      14: 'telemetry: { otlp: "https://me:hunter2@127.0.0.1:1" }',
      15: 'domains: { mine: { kind: http, url: "https://hunter2@127.0.0.1:1" } }',
    },
    says: [
      ':14: telemetry.otlp: must hold no name and password',
      ':15: domains.mine.url: must hold no name and password',
    ],
  },
  {
    name: 'a key in the URL of a collector',
    lines: { 14: 'telemetry: { otlp: "https://127.0.0.1:1?key=hunter2" }' },
    says: [':14: telemetry.otlp: must end with its path'],
  },
  {
    name: 'a secret where a URL belongs',
    lines: { 5: `  baseUrl: \${A_KEY}` },
    env: { A_KEY: 'sk-very-secret' },
    says: [`:5: student.baseUrl: wants an http or https URL, found "\${A_KEY}"`],
  },
  // Data
  {
    name: 'data that is not there',
    lines: { 3: '  - path: gone.jsonl' },
    says: [':3: problems.0.path: gone.jsonl: does not exist'],
  },
  {
    name: 'a pattern that matches nothing',
    lines: { 3: '  - path: "*.parquet"' },
    says: [':3: problems.0.path: *.parquet: matches no file'],
  },
  {
    name: 'an unknown preset',
    lines: { 3: '  - { path: problems.jsonl, preset: gsm9k }' },
    says: [':3: problems.0.preset', 'gsm9k', 'gsm8k'],
  },
  {
    name: 'a folder without data',
    lines: { 3: '  - path: empty' },
    says: [':3: problems.0.path', 'is a folder without a .jsonl'],
  },
  {
    name: 'a file in two lists that is not there',
    lines: { 14: 'decontamination: { against: [{ path: gone.jsonl }] }' },
    says: [':14: decontamination.against.0.path: gone.jsonl: does not exist'],
  },
  {
    name: 'a pipe for data',
    lines: { 3: '  - path: pipe.jsonl' },
    says: [':3: problems.0.path', 'is not a regular file'],
  },
  {
    name: 'a link to itself for data',
    lines: { 3: '  - path: loop.jsonl' },
    says: [':3: problems.0.path: loop.jsonl: does not exist'],
  },
  {
    name: 'a path with NUL',
    lines: { 3: '  - path: "a\\0b"' },
    says: [':3: problems.0.path: wants a path without NUL'],
  },
  {
    name: 'a field that no problem has',
    lines: { 3: '  - { path: problems.jsonl, fields: { statment: question } }' },
    says: [':3: problems.0.fields.statment: unknown key', 'did you mean "statement"?'],
  },
  {
    name: 'a preset twice',
    lines: { 3: '  - { path: problems.jsonl, preset: gsm8k, preset: math }' },
    says: ['sluice.yaml:3: not valid YAML', 'unique'],
  },
  // Places
  {
    name: 'a file for the store',
    lines: { 14: 'transport: { kind: embedded, path: problems.jsonl }' },
    says: [':14: transport.path', 'cannot be written (it is a file)'],
  },
  {
    name: 'a folder for the files under a file',
    lines: { 15: 'output: { dir: problems.jsonl/out }' },
    says: [':15: output.dir', 'problems.jsonl is a file'],
  },
  {
    name: 'no folder for the files',
    lines: { 15: 'output: { dir: "" }' },
    says: [':15: output.dir: wants at least 1'],
  },
  {
    name: 'a folder that no path can name',
    lines: { 15: 'output: { dir: "o\\0ut" }' },
    says: [':15: output.dir: wants a path without NUL characters'],
  },
  // A model that cannot be asked
  {
    name: 'a key in the URL of a model',
    lines: { 5: '  baseUrl: "http://127.0.0.1:1/v1?key=abc"' },
    says: [':5: student.baseUrl: must hold no key, which would be shown'],
  },
  {
    name: 'the whole path of a request',
    lines: { 5: '  baseUrl: "http://127.0.0.1:1/v1/chat/completions"' },
    says: [':5: student.baseUrl: must end before /chat/completions, which is added'],
  },
  {
    name: 'a URL with a place in a page',
    lines: { 5: '  baseUrl: "http://127.0.0.1:1/v1#models"' },
    says: [':5: student.baseUrl: must hold no #'],
  },
  {
    name: 'a port that is none',
    lines: { 5: '  baseUrl: "http://127.0.0.1:99999/v1"' },
    says: [':5: student.baseUrl: wants an http or https URL'],
  },
  {
    name: 'a prompt without the problem',
    lines: { 13: '  prompt: { maths: "Solve it." }' },
    says: [':13: teacher.prompt.maths: must hold {statement}'],
  },
  {
    name: 'more at once than samples',
    lines: { 13: '  race: 9' },
    says: [':13: teacher.race: wants at most teacher.samples (4), found 9'],
  },
  {
    name: 'more in flight than a machine has ports',
    lines: { 13: '  concurrency: 1000000' },
    says: [':13: teacher.concurrency: wants at most 100000, found 1000000'],
  },
  {
    name: 'a scorer with a domain and a kind',
    lines: { 7: 'scorer: { kind: tests, maths: { kind: tests } }' },
    says: [':7: scorer.maths: unknown key; known here: kind'],
  },
  {
    name: 'a key of the other transport',
    lines: { 14: 'transport: { kind: embedded, brokers: ["127.0.0.1:1"] }' },
    says: [':14: transport.brokers: unknown key; known here: kind, path, partitions'],
  },
  {
    name: 'a broker without a port',
    lines: { 14: 'transport: { kind: kafka, brokers: [nowhere] }' },
    says: [':14: transport.brokers.0: wants host:port, such as kafka.example.com:9092, found "nowhere"'],
  },
  {
    name: 'no broker',
    lines: { 14: 'transport: { kind: kafka, brokers: [] }' },
    says: [':14: transport.brokers: wants at least 1'],
  },
  {
    name: 'a certificate that is not there',
    lines: { 14: 'transport: { kind: kafka, path: empty, brokers: ["127.0.0.1:1"], tls: { ca: gone.pem } }' },
    says: [':14: transport.tls.ca: gone.pem: cannot be read (ENOENT)'],
  },
  // Runs
  {
    name: "its own run's shares",
    lines: { 9: '  distribution: { run: test }' },
    says: [':9: target.distribution.run: names this very run'],
  },
  {
    name: 'its own run excluded',
    lines: { 9: '  exclude: [other, test]' },
    says: [':9: target.exclude.1: names this very run'],
  },
  // Numbers
  {
    name: 'no number',
    lines: { 13: '  temperature: .nan' },
    says: [':13: teacher.temperature: wants number, found NaN'],
  },
  {
    name: 'a number without end',
    lines: { 9: '  records: 1e999' },
    says: [':9: target.records: wants number, found Infinity'],
  },
  {
    name: 'a number past exactness',
    lines: { 9: '  records: 123456789012345678901' },
    says: [':9: target.records: wants at most 9007199254740991'],
  },
  { name: 'yes for true', lines: { 13: '  stream: yes' }, says: [':13: teacher.stream: wants boolean, found "yes"'] },
  {
    name: 'a variable for a number',
    lines: { 9: `  records: \${TEN}` },
    env: { TEN: '10' },
    says: [`:9: target.records: wants number, found "\${TEN}"`],
  },
  {
    name: 'an empty variable',
    lines: { 13: `  apiKey: \${AN_EMPTY_KEY}` },
    env: { AN_EMPTY_KEY: '' },
    says: [':13: teacher.apiKey: the environment variable AN_EMPTY_KEY is not set'],
  },
  {
    name: 'a variable within a secret',
    lines: { 13: `  apiKey: Bearer \${A_KEY}` },
    env: { A_KEY: 'sk-very-secret' },
    says: [':13: teacher.apiKey: a secret must not stand in the file'],
  },
  // The file itself
  {
    name: 'an alias without an anchor',
    lines: { 6: '  model: *gone' },
    says: ['sluice.yaml:6: *gone: there is no anchor &gone before it'],
  },
  {
    name: 'two documents',
    lines: { 14: '---' },
    says: ['sluice.yaml:14: not valid YAML: a second document begins here'],
  },
  { name: 'a nest', lines: { 9: `  records: ${'['.repeat(20_000)}` }, says: ['sluice.yaml:9: not valid YAML'] },
  {
    name: 'a deep nest',
    lines: { 9: `  records: ${'['.repeat(20_000)}${']'.repeat(20_000)}` },
    says: ['sluice.yaml:9: not valid YAML: nested too deeply'],
  },
  {
    name: 'a list for a key',
    lines: { 9: '  ? [a, b] : 2' },
    says: ['sluice.yaml:9: target.{   ? [ a, b ]   : 2 }: unknown'],
  },
  {
    name: 'a key that steers a terminal',
    lines: { 9: '  "re\\e[31mcords": 1' },
    says: [':9: target.re [31mcords: unknown key'],
  },
  {
    name: 'a prototype for a key',
    lines: { 9: '  __proto__: { records: 5 }' },
    says: [':9: target.__proto__: unknown key'],
  },
  { name: 'a mark and a fault', text: '\ufeffrun: 7\n', says: ['sluice.yaml:1: run: wants string, found 7'] },
  { name: 'no YAML', lines: { 8: 'target: {' }, says: ['not valid YAML'] },
  { name: 'tabs', lines: { 9: '\trecords: 12' }, says: ['sluice.yaml:9: not valid YAML'] },
  { name: 'an empty file', text: '', says: ['sluice.yaml: is empty', 'sluice init'] },
  { name: 'a list', text: '- run: test\n', says: ['sluice.yaml', 'wants object'] },
  { name: 'a text', text: 'run test\n', says: ['sluice.yaml', 'wants object, found "run test"'] },
  { name: 'no UTF-8', text: Uint8Array.of(0x72, 0x75, 0xff, 0xfe, 0x00), says: ['sluice.yaml: is not UTF-8'] },
  {
    name: 'aliases that grow',
    text: `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(', ')}]`).join('\n')}\n`,
    says: ['sluice.yaml: cannot be resolved', 'alias'],
  },
  // The command line
  { name: 'no file', args: ['run', '-c', 'nowhere.yaml'], says: ['nowhere.yaml: no such file', 'sluice init'] },
  { name: 'a folder as file', args: ['run', '-c', 'empty'], says: ['empty: is a folder'] },
  {
    name: 'a pipe as file, which nobody writes',
    args: ['run', '-c', 'pipe.jsonl'],
    says: ['pipe.jsonl: is a device or a pipe; -c wants a regular file'],
  },
  {
    name: 'a device as file, which never ends',
    args: ['run', '-c', '/dev/zero'],
    says: ['/dev/zero: is a device or a pipe; -c wants a regular file'],
  },
  {
    name: 'a file larger than any configuration',
    text: `# ${'x'.repeat(5 * 1024 * 1024)}`,
    says: ['sluice.yaml: is larger than 4 MB'],
  },
  { name: '--set without a value', args: ['run', '--set', 'run'], says: ['--set run: wants key=value'] },
  {
    name: '--set of an unknown key',
    args: ['run', '--set', 'teacher.modle=x'],
    says: ['teacher.modle: unknown key', 'did you mean "model"?'],
  },
  {
    name: '--set below a value',
    args: ['run', '--set', 'run.name=x'],
    says: ['--set run.name: run is not a group of keys'],
  },
  {
    name: '--set of a wrong value',
    args: ['run', '--set', 'target.records=0'],
    says: ['--set target.records: wants more than 0, found 0'],
  },
  {
    name: '--set of a word that is nearly right',
    args: ['run', '--set', 'transport.kind=kafak', '--set', 'target.distribution=curiculum'],
    says: ['transport.kind: wants "embedded", "kafka", found "kafak"; did you mean "kafka"?', 'mean "curriculum"?'],
  },
  {
    name: '--set of a wrong group',
    args: ['run', '--set', 'target={records: 0}'],
    says: ['--set target: target.records: wants more than 0, found 0'],
  },
  { name: '--set without a key', args: ['run', '--set', '=3'], says: ['--set =3: wants key=value'] },
  {
    name: '--set of a key of nothing',
    args: ['run', '--set', 'a..b=3'],
    says: ['--set a..b: a: unknown key'],
  },
  {
    name: '--set beyond a list',
    args: ['run', '--set', 'problems.5.path=x'],
    says: ['--set problems.5.path: problems ends with problems.0'],
  },
  {
    name: '--set of no YAML',
    args: ['run', '--set', 'target.records=[1'],
    says: ['--set target.records: the value is not valid YAML'],
  },
  {
    name: '--set of a secret',
    args: ['run', '--set', 'teacher.apiKey=sk-very-secret'],
    says: ['--set teacher.apiKey: a secret must not stand in the file'],
  },
  {
    name: '--set of the prototype',
    args: ['run', '--set', '__proto__.records=5'],
    says: ['--set __proto__.records: __proto__: unknown key'],
  },
  {
    name: 'an unknown stage',
    args: ['run', '--stages', 'grade,polish'],
    says: ['--stages: there is no stage "polish"', 'generate'],
  },
  { name: 'no address to listen at', args: ['run', '--listen', 'here'], says: ['--listen here: wants HOST:PORT'] },
  { name: 'an unknown option', args: ['run', '--fast'], says: ["unknown option '--fast'"] },
  { name: 'an unknown command', args: ['runn'], says: ["unknown command 'runn'", 'run'] },
  { name: 'a run that is not there', args: ['status'], says: ['holds no store yet'] },
  { name: 'a problem of no store', args: ['inspect', 'abc'], says: ['holds no store yet'] },
  { name: 'letters of no store', args: ['dead-letters', 'list'], says: ['holds no store yet'] },
];

describe('a wrong configuration', () => {
  let server: Awaited<ReturnType<typeof scriptedServer>>;
  beforeAll(async () => {
    server = await scriptedServer((response) => json(response, 500, {}));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.for(cases)('$name', async ({ lines = {}, text, args = ['run'], env = {}, says }) => {
    const right = configText(server.url).split('\n');
    const spoilt = right.map((line, index) => lines[index + 1] ?? line).join('\n');
    const folder = workFolder({
      'sluice.yaml': text ?? spoilt,
      'problems.jsonl': '{"statement": "1 + 1?", "answer": "2"}\n',
    });
    mkdirSync(join(folder.path, 'empty'));
    symlinkSync('loop.jsonl', join(folder.path, 'loop.jsonl'));
    spawnSync('mkfifo', [join(folder.path, 'pipe.jsonl')]);
    try {
      const ended = await sluiceHere(args, { cwd: folder.path, env });
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.stderr).not.toContain('sk-very-secret');
      expect(ended.stderr).not.toContain('\u001b');
      for (const one of says) expect(ended.stderr).toContain(one);
      expect(ended.code).toBe(2);
      expect(ended.stdout).toBe('');
      expect(existsSync(join(folder.path, 'store'))).toBe(false);
      expect(server.asked).toEqual([]);
    } finally {
      folder.destroy();
    }
  });
});
