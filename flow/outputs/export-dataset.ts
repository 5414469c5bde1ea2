import { resolve } from 'node:path';
import { productOf, exportDataset as writeDataset } from '../../datasets/out/export-dataset.ts';
import { formatNamesWith, formatsNamed } from '../../datasets/out/exporters/formats.ts';
import { type PromptChoice, withPrompt, withStudent } from '../../datasets/out/format/as-asked.ts';
import type { AnyFormat, ExportFormat } from '../../datasets/out/format/format.ts';
import type { Manifest } from '../../datasets/out/shards/manifest.ts';
import { abilityOf } from '../../domains/registry.ts';
import type { Transport } from '../../runtime/transport.ts';
import { storedSettings } from '../plan/stored-settings.ts';
import { didYouMean } from '../settings/did-you-mean.ts';
import { teachersOf } from '../settings/schema.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { nameOf } from '../wiring/capabilities.ts';
import { promptOf } from '../wiring/prompts.ts';
import { exportRecords } from './export-records.ts';

/** What is to be exported, and where to. */
export interface ExportWish {
  /** A name of a format: docs/data/trainers.md. */
  readonly format: string;
  /** The product that is rendered; default: what the format is made for. */
  readonly from?: string | undefined;
  /** Whose turn stands before the answer. Default: the teacher's, as in `cot.jsonl`. */
  readonly prompt?: PromptChoice | undefined;
  /** Whether the student's answer, verdict, score and tokens go along. */
  readonly withStudent?: boolean | undefined;
  /** A folder of its own. */
  readonly out: string;
  /** Rows after which a shard is closed. Default 10,000. */
  readonly shardRows?: number;
  /** Parts by name with their shares, which sum to one; the rows of a problem lie in one. Default: all is `train`. */
  readonly splits?: Readonly<Record<string, number>> | undefined;
}

/** Writes the records of a run as files that a trainer takes as they are. Throws a SettingsError for what it has not. */
export const exportRun = async (settings: Settings, wish: ExportWish, transport: Transport): Promise<Manifest> => {
  const format = shapedBy(formatOf(wish, settings), wish);
  // What the run was begun with is what its records are of.
  const stored = await storedSettings(transport);
  const config = { ...settings.config, ...stored } as Settings['config'];
  return writeDataset({
    records: exportRecords(transport, format.from as 'cot'),
    format: format as ExportFormat<'cot'>,
    out: resolve(wish.out),
    shape: `prompt ${wish.prompt ?? 'teacher'}${wish.withStudent ? ', with student' : ''}`,
    shardRows: wish.shardRows ?? 10_000,
    splits: wish.splits && { seed: config.target.seed, shares: checkedSplits(wish.splits, format) },
    card: {
      run: config.run,
      student: nameOf(config.student),
      teacher:
        format.from === 'levelled' || format.from === 'scored'
          ? null
          : teachersOf(config)
              .map(([, one]) => nameOf(one))
              .join(', '),
      settings: stored,
    },
    asked: promptOf(settings.domains, config.student.prompt, config.student.system),
    ability: abilityOf(settings.domains),
  });
};

/** Their names become names of files and of splits. */
const checkedSplits = (
  shares: Readonly<Record<string, number>>,
  { name: format, companions }: AnyFormat,
): Readonly<Record<string, number>> => {
  if (companions) throw new SettingsError(`export: --split: ${format} names its files itself and has one part`);
  const wrong = Object.entries(shares).find(([name, share]) => !/^[a-z][a-z0-9_]{0,39}$/.test(name) || !(share > 0));
  const sum = Object.values(shares).reduce((all, one) => all + one, 0);
  if (!wrong && Math.abs(sum - 1) < 1e-9) return shares;
  const why = wrong ? `${wrong[0]}=${wrong[1]} is no name with a share above 0` : `the shares sum to ${sum}`;
  throw new SettingsError(`export: --split: ${why}; such as train=0.95,validation=0.05`);
};

const shapedBy = (format: AnyFormat, { prompt, withStudent: wants = false }: ExportWish): AnyFormat => {
  const asked = prompt === undefined ? format : withPrompt(format, prompt);
  if (!asked)
    throw new SettingsError(
      `export: --prompt ${prompt}: ${format.name} from ${productOf(format)} holds no answer of the teacher that a turn could stand before`,
    );
  const found = wants ? withStudent(asked) : asked;
  if (found) return found;
  throw new SettingsError(`export: --with student: ${format.name} from ${productOf(format)} has no place for it`);
};

/** The format that is wished for. Throws a SettingsError that names what there is. */
export const formatOf = (
  { format: name, from }: Pick<ExportWish, 'format' | 'from'>,
  { plugins }: Pick<Settings, 'plugins'>,
): AnyFormat => {
  const brought = plugins.flatMap(({ exporters }) => exporters);
  const named = formatsNamed(name, brought);
  if (named.length === 0)
    throw new SettingsError(
      `export: --format ${name}: ${didYouMean(name, formatNamesWith(brought))}known: ${formatNamesWith(brought).join(', ')}`,
    );
  const found = from === undefined ? named[0] : named.find((format) => productOf(format) === from);
  if (found) return found;
  throw new SettingsError(`export: --format ${name} is made from ${named.map(productOf).join(', ')}, not from ${from}`);
};
