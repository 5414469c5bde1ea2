import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cotLine } from '../../../datasets/out/canonical.ts';
import { exportDataset } from '../../../datasets/out/export-dataset.ts';
import type { ExportFormat } from '../../../datasets/out/format.ts';
import { exportFormats } from '../../../datasets/out/formats.ts';
import type { Placed } from '../../../datasets/out/write-shards.ts';
import { loadChatModel } from '../../../datasets/preflight/chat-model.ts';
import { dataFolder, haveData, readAll, scratchFolder } from '../files.ts';
import { modelFolder, templates } from '../preflight/model-folder.ts';
import { levelled, scored } from '../records.ts';
import { facts, placedRecords } from './making.ts';

/**
 * The consumers' own libraries read what is exported. They are not installed by this test: with `pip install datasets
 * pyarrow transformers jinja2 trl` in an environment whose interpreter SLUICE_PYTHON names, it runs; else it is skipped.
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
folder = sys.argv[2]
whole = datasets.load_dataset(folder, split='train')
shards = [len(datasets.load_dataset('parquet' if f.endswith('parquet') else 'json', data_files=f, split='train'))
          for f in sorted(glob.glob(folder + '/data/*'))]
print(json.dumps({'rows': len(whole), 'columns': sorted(whole.column_names), 'shards': shards, 'first': whole[0]}))
`;

interface Loaded {
  rows: number;
  columns: string[];
  shards: number[];
  first: Record<string, unknown>;
}

const exported = async <Product>(
  format: ExportFormat<Product>,
  records: AsyncIterable<Placed<Product>>,
): Promise<Loaded> => {
  const out = join(await scratchFolder(), 'set');
  await exportDataset({ records, format, from: 'cot', out, shardRows: 40, card: facts });
  return run(load, await scratchFolder(), out) as Loaded;
};

async function* map<From, To>(
  records: AsyncIterable<Placed<From>>,
  to: (record: From) => To,
): AsyncGenerator<Placed<To>> {
  for await (const { partition, offset, record } of records) yield { partition, offset, record: to(record) };
}

const skipped = havePython ? '' : ` (skipped: ${python} cannot import datasets and pyarrow)`;

describe(`datasets.load_dataset reads${skipped}`, () => {
  consumer.for(['trl', 'trl-prompt-completion', 'axolotl', 'llama-factory', 'verl-sft', 'verl-rl'] as const)(
    '%s, whole and by shard',
    async (name) => {
      const format = exportFormats[name];
      const { rows, shards, columns, first } = await exported(format, placedRecords(99));
      expect([rows, shards]).toEqual([99, [40, 40, 19]]);
      const [wanted] = (await Array.fromAsync(placedRecords(99))).map(({ record }) => format.rows(record, 'run-1')[0]!);
      expect(columns).toEqual(Object.keys(wanted!).sort());
      expect(first).toEqual(wanted);
    },
  );

  consumer('jsonl, dpo, stepwise and bank', async () => {
    const count = 99;
    const split = (text: string) => text.split('\n\n');
    const all = [
      await exported(exportFormats.jsonl.cot, placedRecords(count)),
      await exported(
        exportFormats.dpo,
        map(placedRecords(count), (cot) => ({ cot, scored: null })),
      ),
      await exported(
        exportFormats.stepwise({ split, threshold: 0.5 }),
        map(placedRecords(count), () => scored()),
      ),
      await exported(
        exportFormats.bank,
        map(placedRecords(count), () => levelled()),
      ),
    ];
    expect(all.map(({ rows }) => rows)).toEqual([count, count, count, count]);
  });

  consumer('Parquet of ours by pyarrow, with the same bytes in every column', async () => {
    const out = join(await scratchFolder(), 'set');
    const format = exportFormats['verl-sft'];
    await exportDataset({ records: placedRecords(30), format, from: 'cot', out, card: facts });
    const script =
      'import sys, json, pyarrow.parquet as p; print(json.dumps(p.read_table(sys.argv[2] + "/data/train-00000.parquet").to_pylist()))';
    const wanted = (await Array.fromAsync(placedRecords(30))).map(({ record }) => format.rows(record, 'run-1')[0]);
    expect(run(script, await scratchFolder(), out)).toEqual(wanted);
  });
});

const haveTrl = havePython && spawnSync(python, ['-c', 'import trl.data_utils, transformers']).status === 0;

/** TRL's preparation of a conversational row, with lengths by transformers' own tokenizer. */
const prepare = `
import sys, json
from datasets import load_dataset
from transformers import PreTrainedTokenizerFast
import trl.data_utils as trl
tokenizer = PreTrainedTokenizerFast.from_pretrained(sys.argv[3])
wanted = ('messages', 'prompt', 'completion')
rows = [{k: v for k, v in row.items() if k in wanted} for row in load_dataset(sys.argv[2], split='train')]
assert all(trl.is_conversational(row) for row in rows)
texts = [''.join(trl.apply_chat_template(row, tokenizer).values()) for row in rows]
print(json.dumps([[text, len(tokenizer.encode(text, add_special_tokens=False))] for text in texts]))
`;

describe(`TRL's own preparation${haveTrl ? '' : ` (skipped: ${python} cannot import trl and transformers)`}`, () => {
  it.skipIf(!haveTrl).for(['trl', 'trl-prompt-completion'] as const)(
    'of %s sees the text that preflight sees, and counts it the same',
    async (name) => {
      const out = join(await scratchFolder(), 'set');
      const folder = await modelFolder(templates.keeps);
      await exportDataset({ records: placedRecords(30), format: exportFormats[name], from: 'cot', out, card: facts });
      const model = await loadChatModel(folder);
      const wanted = (await Array.fromAsync(placedRecords(30))).map(({ record }) => {
        const text = model.render(cotLine(record, 'run-1').messages, 'end');
        return [text, model.count(text)];
      });
      expect(run(prepare, await scratchFolder(), out, folder)).toEqual(wanted);
    },
  );
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
