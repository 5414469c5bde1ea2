import type { Source } from '../../../schemas/types.ts';
import type { About } from '../format/format.ts';
import type { Manifest } from './manifest.ts';

export const emptyManifest = (run: string, format: string, from: string, shape = ''): Manifest => ({
  version: 1,
  run,
  format,
  from,
  shape,
  records: 0,
  rows: 0,
  left: 0,
  offsets: {},
  levels: {},
  sources: [],
  simulated: false,
  shards: [],
});

/** Counts a record that gave so many rows. */
export const count = (
  manifest: Manifest,
  { partition, offset }: { readonly partition: number; readonly offset: number },
  { problem, level, simulated }: About,
  rows: number,
): void => {
  manifest.offsets[partition] = offset + 1;
  manifest.records++;
  if (rows === 0) {
    manifest.left++;
    return;
  }
  manifest.rows += rows;
  manifest.simulated ||= simulated;
  if (level) manifest.levels[level] = (manifest.levels[level] ?? 0) + rows;
  countSource(manifest, problem.source, rows);
};

const countSource = ({ sources }: Manifest, { dataset, licence }: Source, rows: number): void => {
  const known = sources.find((source) => source.dataset === dataset && source.licence === licence);
  if (known) known.rows += rows;
  else sources.push({ dataset, licence, rows });
};
