import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportDataset } from '../../datasets/out/export-dataset.ts';
import type { ExportFormat } from '../../datasets/out/format.ts';
import { type ExportName, exportFormats } from '../../datasets/out/formats.ts';
import type { Placed } from '../../datasets/out/write-shards.ts';
import { splitSteps } from '../../llm/steps.ts';
import type { Transport } from '../../runtime/transport.ts';
import { UsageError } from '../config/error.ts';
import { attach } from '../look/attach.ts';
import { type ExportSource, exportRecords } from '../run/export-records.ts';
import { writeFiles } from '../run/output-files.ts';
import { preflightLines, preflightOf } from '../run/preflight-export.ts';
import { storedSettings } from '../run/stored-settings.ts';
import { many } from '../view/text.ts';
import { nameOf } from '../wire/capabilities.ts';
import { wholeNumber } from './numbers.ts';
import { type ConfigOptions, configured, load, withExample } from './options.ts';

/** A step with this score or more is labelled good. */
const GOOD_STEP = 0.5;

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
          } else await exportShards(flags, made, loaded, transport);
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
  { format, source }: ReturnType<typeof formatOf>,
  { config }: ReturnType<typeof load>,
  transport: Transport,
): Promise<void> => {
  if (!flags.out) throw new UsageError('export: --out FOLDER is missing: an export gets a folder of its own');
  const manifest = await exportDataset({
    records: exportRecords(transport, source) as AsyncIterable<Placed<never>>,
    format,
    from: source === 'preferences' ? 'cot' : source,
    out: resolve(flags.out),
    shardRows: wholeNumber(flags.shardRows, '--shard-rows'),
    card: {
      run: config.run,
      student: nameOf(config.student),
      teacher: source === 'levelled' || source === 'scored' ? null : nameOf(config.teacher),
      settings: await storedSettings(transport),
    },
  });
  console.log(
    `${resolve(flags.out)}: ${many(manifest.rows, 'row')} from ${many(manifest.records, 'record')} in ${many(manifest.shards.length, 'shard')}`,
  );
};

/** The rendering, and the product that it renders. */
const formatOf = ({ format: name, from }: ExportFlags): { format: ExportFormat<never>; source: ExportSource } => {
  const known = Object.hasOwn(exportFormats, name) ? exportFormats[name as ExportName] : undefined;
  if (!known) throw new UsageError(`export: --format ${name}: is none of ${Object.keys(exportFormats).join(', ')}`);
  if (typeof known === 'function') {
    const format = known({ split: (text) => splitSteps(text), threshold: GOOD_STEP });
    return { format: format as unknown as ExportFormat<never>, source: sourceOf(name, from) };
  }
  if ('rows' in known) return { format: known as unknown as ExportFormat<never>, source: sourceOf(name, from) };
  const source = from ?? 'cot';
  if (Object.hasOwn(known, source)) {
    return {
      format: known[source as keyof typeof known] as unknown as ExportFormat<never>,
      source: source as ExportSource,
    };
  }
  throw new UsageError(`export: --from ${source}: is none of ${Object.keys(known).join(', ')}`);
};

/** What each format is made for, where it is not the verified records. */
const natural: Readonly<Record<string, ExportSource>> = { dpo: 'preferences', stepwise: 'scored', bank: 'levelled' };

const sourceOf = (name: string, from: string | undefined): ExportSource => {
  const source = natural[name] ?? 'cot';
  const product = source === 'preferences' ? 'cot' : source;
  if (from === undefined || from === product) return source;
  throw new UsageError(`export: --format ${name} is made from ${product}, not from ${from}`);
};
