/** Data sets for use outside of a run: `import { readProblems } from 'sluice/datasets'`. */
export { DataError } from './error.ts';
export { type ProblemSource, type Read, readProblems } from './in/read-problems.ts';
export { exportDataset } from './out/export-dataset.ts';
export * as exportFormats from './out/exporters/all.ts';
export type { ExportFormat, ExportRow, OfRun } from './out/format/format.ts';
export type { Products } from './out/format/products.ts';
export type { Preset } from './presets/preset.ts';
export { presetOf, presets } from './presets/table.ts';
export { problemId } from './problem-id.ts';
