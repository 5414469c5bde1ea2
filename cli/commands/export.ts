import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportDataset } from '../../datasets/out/export-dataset.ts';
import type { ExportFormat } from '../../datasets/out/format.ts';
import { type ExportName, exportFormats } from '../../datasets/out/formats.ts';
import type { RlSettings } from '../../datasets/out/verl.ts';
import type { Placed } from '../../datasets/out/write-shards.ts';
import { type ExportSource, exportRecords } from '../../flow/outputs/export-records.ts';
import { writeFiles } from '../../flow/outputs/output-files.ts';
import { preflightLines, preflightOf } from '../../flow/outputs/preflight-export.ts';
import { storedSettings } from '../../flow/plan/stored-settings.ts';
import type { Config } from '../../flow/settings/schema.ts';
import { attach } from '../../flow/store/attach.ts';
import { nameOf } from '../../flow/wiring/capabilities.ts';
import { promptOf } from '../../flow/wiring/prompts.ts';
import type { Transport } from '../../runtime/transport.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { many } from '../text.ts';
import { wholeNumber } from './numbers.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

interface ExportFlags extends ConfigOptions {
  readonly format: string;
  readonly out?: string;
  readonly from?: string;
  readonly shardRows: string;
  readonly tokenizer?: string;
  readonly maxLength?: string;
}

export const exportCommand = (): Command =>
  withExample(
    configured('export', 'files that a trainer takes as they are')
      .option('--format <name>', `one of ${Object.keys(exportFormats).join(', ')}`, 'jsonl')
      .option('--out <folder>', 'where to; for jsonl without --from the configuration’s output.dir')
      .option('--from <topic>', 'cot | rejected | scored | levelled; default: what the format is made for')
      .option('--shard-rows <number>', 'rows after which a shard is closed', '10000')
      .option(
        '--tokenizer <folder>',
        'the student’s tokenizer.json and chat template: tells what a trainer would make of it',
      )
      .option('--max-length <tokens>', 'the length that the trainer will be given')
      .action(async (flags: ExportFlags) => {
        const loaded = load(flags);
        const made = formatOf(flags);
        const transport = await attach(loaded);
        try {
          if (flags.format === 'jsonl' && flags.from === undefined) {
            const folder = resolve(flags.out ?? resolve(loaded.folder, loaded.config.output.dir));
            await writeFiles(transport, loaded.config.run, folder, (message) => console.error(message));
            console.log(`${folder}: cot.jsonl and rejected.jsonl, in canonical order`);
          } else await exportShards(flags, made, loaded.config, transport);
          if (flags.tokenizer) {
            const maxLength = flags.maxLength === undefined ? undefined : wholeNumber(flags.maxLength, '--max-length');
            const told = await preflightOf(transport, loaded.config.run, flags.tokenizer, maxLength);
            console.log(preflightLines(told).join('\n'));
          }
        } finally {
          await transport.close();
        }
      }),
    'sluice export --format trl --out data/trl --tokenizer models/qwen2.5-7b-instruct',
  );

const exportShards = async (
  flags: ExportFlags,
  { render, source }: Rendering,
  given: LoadedConfig['config'],
  transport: Transport,
): Promise<void> => {
  if (!flags.out) throw new UsageError('export: --out FOLDER is missing: an export gets a folder of its own');
  // What the run was begun with is what its records are of.
  const settings = await storedSettings(transport);
  const config = { ...given, ...settings } as typeof given;
  const manifest = await exportDataset({
    records: exportRecords(transport, source) as AsyncIterable<Placed<never>>,
    format: render(config),
    from: source === 'preferences' ? 'cot' : source,
    out: resolve(flags.out),
    shardRows: wholeNumber(flags.shardRows, '--shard-rows'),
    card: {
      run: config.run,
      student: nameOf(config.student),
      teacher: source === 'levelled' || source === 'scored' ? null : nameOf(config.teacher),
      settings,
    },
  });
  console.log(
    `${resolve(flags.out)}: ${many(manifest.rows, 'row')} from ${many(manifest.records, 'record')} in ${many(manifest.shards.length, 'shard')}`,
  );
};

interface Rendering {
  readonly render: (config: Config) => ExportFormat<never>;
  /** The product that is rendered. */
  readonly source: ExportSource;
}

const formatOf = ({ format: name, from }: ExportFlags): Rendering => {
  const known = Object.hasOwn(exportFormats, name) ? exportFormats[name as ExportName] : undefined;
  if (!known) throw new UsageError(`export: --format ${name}: is none of ${Object.keys(exportFormats).join(', ')}`);
  const isOne = typeof known === 'function' || 'rows' in known;
  const byProduct: Readonly<Record<string, unknown>> = isOne ? { [productOf[name] ?? 'cot']: known } : known;
  const product = from ?? (Object.keys(byProduct)[0] as string);
  if (!Object.hasOwn(byProduct, product))
    throw new UsageError(
      `export: --format ${name} is made from ${Object.keys(byProduct).join(', ')}, not from ${product}`,
    );
  const made = byProduct[product];
  return {
    render: (config) => (typeof made === 'function' ? made(renderSettings(config)) : made) as ExportFormat<never>,
    source: name === 'dpo' ? 'preferences' : (product as ExportSource),
  };
};

/** What each format is made from, where it is not the verified records. */
const productOf: Readonly<Record<string, string>> = { stepwise: 'scored', bank: 'levelled' };

const renderSettings = ({ student }: Config): RlSettings => ({ prompt: promptOf(student.prompt, student.system) });
