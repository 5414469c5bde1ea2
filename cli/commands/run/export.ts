import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatNames } from '../../../datasets/out/exporters/formats.ts';
import { type PromptChoice, prompts } from '../../../datasets/out/format/as-asked.ts';
import { exportRun, formatOf } from '../../../flow/outputs/export-dataset.ts';
import { writeFolderCard } from '../../../flow/outputs/folder-card.ts';
import { writeFiles } from '../../../flow/outputs/output-files.ts';
import { preflightLines, preflightOf } from '../../../flow/outputs/preflight-export.ts';
import { didYouMean } from '../../../flow/settings/did-you-mean.ts';
import { attach } from '../../../flow/store/attach.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { wholeNumber } from '../../arguments/values.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { many } from '../../text.ts';

interface ExportFlags extends ConfigOptions {
  readonly format: string;
  readonly out?: string;
  readonly from?: string;
  readonly shardRows: string;
  readonly split?: string;
  readonly tokenizer?: string;
  readonly maxLength?: string;
  readonly prompt?: string;
  readonly with?: string;
}

export const exportCommand = (): Command =>
  withExample(
    configured('export', 'files that a trainer takes as they are')
      .option('--format <name>', `one of ${formatNames.join(', ')}`, 'jsonl')
      .option('--out <folder>', 'where to; for jsonl without --from the configuration’s output.dir')
      .option('--from <topic>', 'cot | rejected | scored | levelled; default: what the format is made for')
      .option(
        '--prompt <whose>',
        `the turn before the answer: ${prompts.join(' | ')}; default: teacher, as in cot.jsonl`,
      )
      .option('--with <part>', 'student: its answer, verdict, score and tokens beside each row')
      .option('--shard-rows <number>', 'rows after which a shard is closed', '10000')
      .option(
        '--split <shares>',
        'train=0.95,validation=0.05: parts with their shares, by problem; default: all is train',
      )
      .option(
        '--tokenizer <folder>',
        'the student’s tokenizer.json and chat template: tells what a trainer would make of it',
      )
      .option('--max-length <tokens>', 'the length that the trainer will be given')
      .action(async (flags: ExportFlags) => {
        const loaded = lookAt(flags);
        formatOf(flags, loaded);
        const { prompt, withStudent } = partsOf(flags);
        const isCanonical = flags.format === 'jsonl' && !(flags.from ?? flags.split ?? prompt) && !withStudent;
        const transport = await attach(loaded);
        try {
          if (isCanonical) {
            const folder = resolve(flags.out ?? resolve(loaded.folder, loaded.config.output.dir));
            await writeFiles(transport, loaded.config.run, folder, (message) => console.error(message));
            await writeFolderCard(folder, loaded.config.run);
            console.log(`${folder}: cot.jsonl and rejected.jsonl, in canonical order`);
          } else await exportShards({ ...flags, prompt, withStudent }, loaded, transport);
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

const partsOf = (flags: ExportFlags): { prompt: PromptChoice | undefined; withStudent: boolean } => {
  const prompt = prompts.find((one) => one === flags.prompt);
  if (flags.prompt !== undefined && !prompt)
    throw new UsageError(`--prompt ${flags.prompt}: ${didYouMean(flags.prompt, prompts)}known: ${prompts.join(', ')}`);
  if (flags.with !== undefined && flags.with !== 'student') throw new UsageError(`--with ${flags.with}: wants student`);
  return { prompt, withStudent: flags.with === 'student' };
};

type Wished = Omit<ExportFlags, 'prompt'> & ReturnType<typeof partsOf>;

const exportShards = async (flags: Wished, loaded: LoadedConfig, transport: Transport): Promise<void> => {
  if (!flags.out) throw new UsageError('export: --out FOLDER is missing: an export gets a folder of its own');
  const { format, from, out, prompt, withStudent } = flags;
  const shardRows = wholeNumber(flags.shardRows, '--shard-rows');
  const splits = flags.split === undefined ? undefined : sharesOf(flags.split);
  const { rows, records, shards } = await exportRun(
    loaded,
    { format, from, out, shardRows, splits, prompt, withStudent },
    transport,
  );
  console.log(
    `${resolve(out)}: ${many(rows, 'row')} from ${many(records, 'record')} in ${many(shards.length, 'shard')}`,
  );
};

const sharesOf = (text: string): Record<string, number> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', share = ''] = part.split('=');
      return [name.trim(), share.trim() === '' ? Number.NaN : Number(share)];
    }),
  );
