import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../datasets/error.ts';
import { exportDataset } from '../../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../../datasets/out/exporters/all.ts';
import { cotLine } from '../../../datasets/out/exporters/canonical.ts';
import type { ExportFormat } from '../../../datasets/out/format/format.ts';
import type { Products } from '../../../datasets/out/format/products.ts';
import { splitOf } from '../../../datasets/out/shards/splits.ts';
import type { Placed } from '../../../datasets/out/shards/write-shards.ts';
import { loadChatModel } from '../../../datasets/preflight/chat-model.ts';
import { trainerLimits } from '../../../datasets/preflight/trainer-limits.ts';
import { dataFolder, haveData, readAll, scratchFolder } from '../files.ts';
import { modelFolder, templates } from '../preflight/model-folder.ts';
import { levelled, trajectories } from '../records.ts';
import { cotFormat, facts, ofRun, placedRecords } from './making.ts';

/**
 * The consumers' own libraries read what is exported. They are not installed by this test: it runs with the interpreter
 * that SLUICE_PYTHON names, as far as that has them (`.ci/run` says which); else it is skipped.
 */
const python = process.env.SLUICE_PYTHON ?? 'python3';
const havePython = spawnSync(python, ['-c', 'import datasets, pyarrow']).status === 0;
const consumer = it.skipIf(!havePython);

const run = (script: string, ...args: string[]): unknown => {
  const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: args[0]!, HF_DATASETS_DISABLE_PROGRESS_BARS: '1' };
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

const load = `
import sys, json, glob, datasets
def loaded(folder):
    whole = datasets.load_dataset(folder, split='train')
    shards = [len(datasets.load_dataset('parquet' if f.endswith('parquet') else 'json', data_files=f, split='train'))
              for f in sorted(glob.glob(folder + '/data/*'))]
    return {'rows': len(whole), 'columns': sorted(whole.column_names), 'shards': shards, 'first': whole[0]}
print(json.dumps([loaded(folder) for folder in sys.argv[2:]]))
`;

interface Loaded {
  rows: number;
  columns: string[];
  shards: number[];
  first: Record<string, unknown>;
}

async function* map<From, To>(
  records: AsyncIterable<Placed<From>>,
  to: (record: From) => To,
): AsyncGenerator<Placed<To>> {
  for await (const { partition, offset, record } of records) yield { partition, offset, record: to(record) };
}

const written = async <From extends keyof Products>(
  format: ExportFormat<From>,
  records: AsyncIterable<Placed<Products[From]>>,
  shardRows = 40,
): Promise<string> => {
  const out = join(await scratchFolder(), 'set');
  await exportDataset({ records, format, out, shardRows, card: facts });
  return out;
};

const skipped = havePython ? '' : ` (skipped: ${python} cannot import datasets and pyarrow)`;
const forTrainers = ['trl', 'trl-prompt-completion', 'axolotl', 'llama-factory', 'verl-sft', 'verl-rl'] as const;

describe(`datasets.load_dataset reads${skipped}`, { timeout: 60_000 }, () => {
  consumer('the canonical form as Parquet, in the parts that were asked for', async () => {
    const out = join(await scratchFolder(), 'set');
    const splits = { seed: 1, shares: { train: 0.8, validation: 0.2 } };
    await exportDataset({ records: placedRecords(99), format: exportFormats.parquet, out, splits, card: facts });
    const parts = `
import sys, json, datasets
whole = datasets.load_dataset(sys.argv[2])
print(json.dumps({name: [row for row in part] for name, part in whole.items()}))
`;
    const read = run(parts, await scratchFolder(), out) as Record<string, { id: string }[]>;
    const wanted = await Array.fromAsync(placedRecords(99));
    const lines = wanted.map(({ record }) => ({ sample: null, simulated: false, ...cotLine(record, facts.run) }));
    const split = splitOf(splits);
    for (const part of ['train', 'validation'])
      expect(read[part]).toEqual(lines.filter(({ id }) => split(id) === part));
  });

  consumer('nothing as an empty set, and parts beside one that has no rows', async () => {
    const { parquet, jsonlCot, trl } = exportFormats;
    const splits = { seed: 1, shares: { train: 0.5, validation: 0.5 } };
    const empty: string[] = [];
    for (const format of [parquet, jsonlCot, trl]) {
      const out = join(await scratchFolder(), 'set');
      await exportDataset({ records: placedRecords(0), format, out, splits, card: facts });
      empty.push(out);
    }
    const one = join(await scratchFolder(), 'set');
    const [record] = await Array.fromAsync(placedRecords(1));
    const alone = async function* () {
      yield record!;
    };
    await exportDataset({ records: alone(), format: parquet, out: one, splits, card: facts });
    const script = `
import sys, json, datasets
def streamed(folder): return {n: [*part] for n, part in datasets.load_dataset(folder, streaming=True).items()}
def said(folder):
    try: return len(datasets.load_dataset(folder)['train'])
    except ValueError as error: return str(error)
*empty, one = sys.argv[2:]
print(json.dumps([[streamed(f) for f in empty], [said(f) for f in empty], [len(p) for p in datasets.load_dataset(one).values()]]))
`;
    const [streamed, said, rows] = run(script, await scratchFolder(), ...empty, one) as unknown[][];
    expect(streamed).toEqual(empty.map(() => ({ train: [], validation: [] })));
    expect(said).toEqual(empty.map(() => 'Instruction "train" corresponds to no data!'));
    expect(rows).toEqual([1]);
    expect(await readFile(join(one, 'README.md'), 'utf8')).toMatch(/No row fell into `(train|validation)`/);
  });

  consumer('what trainers take, whole and by shard', async () => {
    const sets = forTrainers.map((name) => written(cotFormat(name), placedRecords(99)));
    const all = run(load, await scratchFolder(), ...(await Promise.all(sets))) as Loaded[];
    const records = await Array.fromAsync(placedRecords(99));
    for (const [index, name] of forTrainers.entries()) {
      const [wanted] = records.map(({ record }) => cotFormat(name).rows(record, ofRun)[0]);
      const { rows, shards, columns, first } = all[index]!;
      expect([name, rows, shards]).toEqual([name, 99, [40, 40, 19]]);
      expect(columns).toEqual(Object.keys(wanted!).sort());
      expect(first).toEqual(wanted);
    }
  });

  consumer('jsonl, dpo, stepwise, bank, and verl-rl of the bank', async () => {
    const { jsonlCot, dpo, stepwise, bank, verlRlBank } = exportFormats;
    const sets = [
      written(jsonlCot, placedRecords(99)),
      written(
        dpo,
        map(placedRecords(99), (cot) => ({ cot, graded: null })),
      ),
      written(
        stepwise,
        map(placedRecords(99), () => trajectories()),
      ),
      written(
        bank,
        map(placedRecords(99), () => levelled()),
      ),
      written(
        verlRlBank,
        map(placedRecords(99), () => levelled()),
      ),
    ];
    const all = run(load, await scratchFolder(), ...(await Promise.all(sets))) as Loaded[];
    expect(all.map(({ rows }) => rows)).toEqual(all.map(() => 99));
  });

  consumer('what was added since it has read the folder the last time', async () => {
    const out = await written(exportFormats.trl, placedRecords(30));
    const home = await scratchFolder();
    const rows = () => (run(load, home, out) as Loaded[]).map((set) => set.rows);
    expect(await rows()).toEqual([30]);
    await exportDataset({ records: placedRecords(60), format: exportFormats.trl, out, card: facts });
    expect(await rows()).toEqual([60]);
  });

  consumer('Parquet of ours by pyarrow, with the same bytes in every column', async () => {
    const out = join(await scratchFolder(), 'set');
    const format = exportFormats.verlSft;
    await exportDataset({ records: placedRecords(30), format, out, card: facts });
    const script =
      'import sys, json, pyarrow.parquet as p; print(json.dumps(p.read_table(sys.argv[2] + "/data/train-00000.parquet").to_pylist()))';
    const wanted = (await Array.fromAsync(placedRecords(30))).map(({ record }) => format.rows(record, ofRun)[0]);
    expect(run(script, await scratchFolder(), out)).toEqual(wanted);
  });
});

const trainerPackages = ['transformers', 'trl', 'axolotl', 'llamafactory', 'verl'];
const haveTrainers =
  havePython &&
  spawnSync(python, [
    '-c',
    `from importlib.util import find_spec as f; assert all(map(f, ${JSON.stringify(trainerPackages)}))`,
  ]).status === 0;
const withoutTrainers = haveTrainers ? '' : ` (skipped: ${python} cannot import ${trainerPackages.join(', ')})`;

const attempt = <T>(make: () => T): T | DataError => {
  try {
    return make();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
};

describe(`the trainers' own data code${withoutTrainers}`, { timeout: 180_000 }, () => {
  it.skipIf(!haveTrainers)('sees what preflight sees, and has the whole turn of the assistant to learn', async () => {
    const folder = await modelFolder(templates.keeps);
    const out = join(await scratchFolder(), 'made.json');
    const sets = await Promise.all(forTrainers.map((name) => written(cotFormat(name), placedRecords(30))));
    const trainers = ['trl', 'trl', 'axolotl', 'llama_factory', 'verl_sft', 'verl_rl'];
    const jobs = trainers.flatMap((trainer, index) => [trainer, sets[index]!]);
    const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: await scratchFolder() };
    const script = resolve('test/datasets/out/trainers.py');
    const records = (await Array.fromAsync(placedRecords(30))).map(({ record }) => cotLine(record, 'run-1'));
    jobs.push('limits', '', 'templates', JSON.stringify(records[0]!.messages));
    const ended = spawnSync(python, [script, folder, out, ...jobs], { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).toBe(0);
    const made = JSON.parse(await readFile(out, 'utf8'));
    const [messages, prompts, axolotl, llamaFactory, verlSft, verlRl, limits, chatTemplates] = made;

    const model = await loadChatModel(folder);
    const texts = records.map((line) => model.render(line.messages, 'end'));
    const turns = records.map((line) => line.messages.map(({ content }) => content));
    expect(messages).toEqual(texts.map((text) => [text, model.count(text)]));
    expect(prompts).toEqual(messages);
    // A whole text, and the part of it that the loss is on.
    expect(axolotl).toEqual(texts.map((text, index) => [text, `${turns[index]![1]}<|end|>`]));
    const qwen = (asked: string) => `<|im_start|>user\n${asked}<|im_end|>\n<|im_start|>assistant\n`;
    const learnt = turns.map(([asked, answered]) => [asked!, `${answered}<|im_end|>\n`] as const);
    expect(llamaFactory).toEqual(learnt.map(([asked, answer]) => [qwen(asked) + answer, answer]));
    expect(verlSft).toEqual(records.map((line) => line.messages));
    expect(verlRl).toEqual(records.map((line) => [line.messages.slice(0, 1), line.reference, 'sluice/made']));
    // They cut by default where preflight says that they do.
    expect(limits).toEqual(Object.fromEntries(trainerLimits.map(({ option, length }) => [option, String(length)])));
    // Whatever template is rendered here at all is rendered as transformers does it, to the byte.
    let rendered = 0;
    for (const [name, template, whole, prompt] of chatTemplates as string[][]) {
      await writeFile(join(folder, 'chat_template.jinja'), template!);
      const other = await loadChatModel(folder);
      const both = attempt(() => [
        other.render(records[0]!.messages, 'end'),
        other.render(records[0]!.messages, 'prompt'),
      ]);
      if (both instanceof DataError) continue;
      expect([name, ...both]).toEqual([name, whole, prompt]);
      rendered++;
    }
    expect(chatTemplates.length).toBeGreaterThan(90);
    expect(rendered / chatTemplates.length).toBeGreaterThan(0.9);
  });
});

/** Every codec and page form of Arrow, with a dictionary, nested lists, nulls and times of old beside the columns. */
const writeAll = `
import sys, datetime, decimal, pyarrow as pa, pyarrow.parquet as p
rows = 2500
table = pa.table({
  'statement': [f'Was ist {n} + 1 – “né”?' for n in range(rows)],
  'answer': pa.array([decimal.Decimal(n) / 4 for n in range(rows)], pa.decimal128(10, 2)),
  'subject': pa.array(['a', None] * (rows // 2)).dictionary_encode(),
  'steps': pa.array([[['x'], []], None] * (rows // 2), pa.list_(pa.list_(pa.string()))),
  'about': pa.array([{'tags': ['q'], 'n': 1}, None] * (rows // 2)),
  'day': pa.array([datetime.datetime(2024, 1, 2)] * rows, pa.timestamp('ns')),
  'nothing': pa.nulls(rows),
})
for codec in ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4']:
  p.write_table(table, f'{sys.argv[2]}/{codec}.parquet', compression=codec, row_group_size=1000)
p.write_table(table, f'{sys.argv[2]}/int96.parquet', use_deprecated_int96_timestamps=True)
p.write_table(table, f'{sys.argv[2]}/v2.parquet', data_page_version='2.0', compression='zstd', use_dictionary=False,
              column_encoding={'statement': 'DELTA_BYTE_ARRAY'})
print('0')
`;

describe(`Parquet as pyarrow writes it${skipped}`, () => {
  consumer('is read in every codec and encoding', async () => {
    const folder = await scratchFolder();
    run(writeAll, '', folder);
    for (const name of ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'int96', 'v2']) {
      const { problems, bad } = await readAll({ path: `${name}.parquet`, from: folder });
      expect([name, bad, problems.length]).toEqual([name, [], 2500]);
      const { statement, answer, source, meta } = problems[6]!;
      expect([name, statement, answer, source.subject]).toEqual([name, 'Was ist 6 + 1 – “né”?', '1.5', 'a']);
      const rest = { steps: [['x'], []], about: { tags: ['q'], n: 1 }, day: '2024-01-02T00:00:00.000Z' };
      expect(JSON.parse(meta!)).toEqual(rest);
    }
  });
});

describe(`pyarrow counts the same${skipped}`, () => {
  it.skipIf(!havePython || !haveData)('rows and problems in prm800k', () => {
    const script =
      'import sys, json, pyarrow.parquet as p; t = p.read_table(sys.argv[2]); print(json.dumps([t.num_rows, len(t["instruction"].unique())]))';
    const path = join(dataFolder, 'prm800k/phase1_test.stepwise-critic.parquet');
    expect(run(script, '', path)).toEqual([5449, 101]);
  });
});
