import { resolve } from 'node:path';
import { exportDataset as writeDataset } from '../../datasets/out/export-dataset.ts';
import { type ExportName, exportFormats } from '../../datasets/out/exporters/formats.ts';
import type { ExportFormat } from '../../datasets/out/format/format.ts';
import type { Manifest } from '../../datasets/out/shards/manifest.ts';
import type { Placed } from '../../datasets/out/shards/write-shards.ts';
import type { Transport } from '../../runtime/transport.ts';
import { storedSettings } from '../plan/stored-settings.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { nameOf } from '../wiring/capabilities.ts';
import { promptOf } from '../wiring/prompts.ts';
import { type ExportSource, exportRecords } from './export-records.ts';

/** What is to be exported, and where to. */
export interface ExportWish {
  /** A name of `exportFormats`. */
  readonly format: string;
  /** The product that is rendered; default: what the format is made for. */
  readonly from?: string | undefined;
  /** A folder of its own. */
  readonly out: string;
  /** Rows after which a shard is closed. Default 10,000. */
  readonly shardRows?: number;
}

/** Writes the records of a run as files that a trainer takes as they are. Throws a SettingsError for what it has not. */
export const exportRun = async (settings: Settings, wish: ExportWish, transport: Transport): Promise<Manifest> => {
  const { render, source } = renderingOf(wish);
  // What the run was begun with is what its records are of.
  const stored = await storedSettings(transport);
  const config = { ...settings.config, ...stored } as Settings['config'];
  return writeDataset({
    records: exportRecords(transport, source) as AsyncIterable<Placed<never>>,
    format: render({ ...settings, config }),
    from: source === 'preferences' ? 'cot' : source,
    out: resolve(wish.out),
    shardRows: wish.shardRows ?? 10_000,
    card: {
      run: config.run,
      student: nameOf(config.student),
      teacher: source === 'levelled' || source === 'scored' ? null : nameOf(config.teacher),
      settings: stored,
    },
  });
};

interface Rendering {
  readonly render: (settings: Settings) => ExportFormat<never>;
  /** The product that is rendered. */
  readonly source: ExportSource;
}

/** Throws a SettingsError that names what there is. */
export const renderingOf = ({ format: name, from }: Pick<ExportWish, 'format' | 'from'>): Rendering => {
  const known = Object.hasOwn(exportFormats, name) ? exportFormats[name as ExportName] : undefined;
  if (!known) throw new SettingsError(`export: --format ${name}: is none of ${Object.keys(exportFormats).join(', ')}`);
  const isOne = typeof known === 'function' || 'rows' in known;
  const byProduct: Readonly<Record<string, unknown>> = isOne ? { [productOf[name] ?? 'cot']: known } : known;
  const product = from ?? (Object.keys(byProduct)[0] as string);
  if (!Object.hasOwn(byProduct, product))
    throw new SettingsError(
      `export: --format ${name} is made from ${Object.keys(byProduct).join(', ')}, not from ${product}`,
    );
  const made = byProduct[product];
  return {
    render: (settings) => (typeof made === 'function' ? made(renderSettings(settings)) : made) as ExportFormat<never>,
    source: name === 'dpo' ? 'preferences' : (product as ExportSource),
  };
};

/** What each format is made from, where it is not the verified records. */
const productOf: Readonly<Record<string, string>> = { stepwise: 'scored', bank: 'levelled' };

const renderSettings = ({ domains, config: { student } }: Settings) => ({
  prompt: promptOf(domains, student.prompt, student.system),
});
