import { stringify } from 'yaml';
import { levels } from '../../../schemas/hardness.ts';
import type { ExportFormat } from '../format/format.ts';
import type { Manifest } from './manifest.ts';
import { trainAlone } from './splits.ts';

/** What the card says beyond what the records themselves say. */
export interface CardFacts {
  readonly run: string;
  readonly student: string;
  /** Null where no teacher had a part in it (the problem bank). */
  readonly teacher: string | null;
  /** The run's settings, without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The README.md of an export: a YAML head as the Hugging Face Hub reads it, and for people what it is, how it was
 * made, from what and under which licences. Holds no date, so that the same records give the same bytes.
 */
export const cardOf = (facts: CardFacts, format: Shape, manifest: Manifest): string =>
  `${[
    `---\n${stringify(headOf(format, manifest))}---`,
    `# ${code(facts.run)}: ${manifest.from}`,
    ...(manifest.simulated
      ? ['> **Simulated**: rehearsal models had a hand in these records. Do not train on them.']
      : []),
    aboutText(facts, format, manifest),
    ...levelTable(manifest),
    sourceTable(manifest),
    `## Settings\n\n${fenced(stringify(facts.settings))}`,
    '## Files\n\n`manifest.json` names every shard with its SHA-256 and the range of records that it renders.',
  ].join('\n\n')}\n`;

type Shape = Pick<ExportFormat<never>, 'title' | 'columns'>;

const headOf = (format: Shape, manifest: Manifest): Record<string, unknown> => {
  const { sources, rows, simulated } = manifest;
  return {
    license: [...new Set(sources.map(({ licence }) => licence?.toLowerCase() ?? 'unknown'))].sort(),
    task_categories: ['text-generation'],
    tags: ['sluice', 'reasoning', 'chain-of-thought', 'distillation', ...(simulated ? ['simulated'] : [])],
    size_categories: [sizeOf(rows)],
    // Without them `datasets` would take the manifest for the data of an export that has no rows.
    ...filesOf(format, manifest),
  };
};

/**
 * Without the sizes `datasets` would take a folder for the one of that name that it has read before, and give the rows
 * of then; with them it also counts whether all are there. It refuses a set whole where one part of it has no rows, so
 * such a part is left out; and it knows that a file of lines has none only where it is told a column.
 */
const filesOf = ({ columns }: Shape, { shards, splits }: Manifest): Record<string, unknown> => {
  const sum = (of: readonly { readonly bytes: number }[]) => of.reduce((all, { bytes }) => all + bytes, 0);
  const names = Object.keys((splits ?? trainAlone).shares);
  const all = names.map((name) => {
    const own = shards.filter(({ file }) => file.startsWith(`data/${name}-`));
    return { name, num_bytes: sum(own), num_examples: own.reduce((all, { rows }) => all + rows, 0) };
  });
  const parts = shards.length === 0 ? all : all.filter((one) => one.num_examples > 0);
  return {
    dataset_info: {
      config_name: 'default',
      ...(shards.length === 0 && columns === null && { features: [{ name: 'id', dtype: 'string' }] }),
      splits: parts,
      download_size: sum(shards),
      dataset_size: sum(shards),
    },
    configs: [
      { config_name: 'default', data_files: parts.map(({ name }) => ({ split: name, path: `data/${name}-*` })) },
    ],
  };
};

/** The Hub's own classes. */
const sizeOf = (rows: number): string => {
  if (rows < 1e3) return 'n<1K';
  if (rows < 1e4) return '1K<n<10K';
  if (rows < 1e5) return '10K<n<100K';
  return rows < 1e6 ? '100K<n<1M' : '1M<n<10M';
};

const aboutText = (facts: CardFacts, { title }: Shape, { rows, records, left, splits, shards }: Manifest): string =>
  [
    `${many(rows, 'row')} from ${many(records, 'record')}, rendered as: ${title}.${left > 0 ? ` ${left} ${left === 1 ? 'record has' : 'records have'} nothing for it.` : ''}`,
    ...emptyText(shards, splits),
    `Student: ${code(facts.student)}.${facts.teacher === null ? '' : ` Teacher: ${code(facts.teacher)}.`}`,
    'Made by Sluice after "LLM-adaptive question difficulty grading" (arXiv 2504.11919): the student answered every',
    'problem, a verifier judged the answers, wrong ones were scored step by step, and problems were admitted to the',
    'teacher so that the levels follow the target. `level_1` is the hardest.',
  ].join('\n');

const emptyText = (shards: Manifest['shards'], splits: Manifest['splits']): string[] => {
  if (shards.length === 0)
    return ['`datasets` gives a set without rows with `streaming=True` alone; else it says that there is no data.'];
  const names = Object.keys((splits ?? trainAlone).shares);
  const empty = names.filter((name) => !shards.some(({ file }) => file.startsWith(`data/${name}-`)));
  return empty.length === 0 ? [] : [`No row fell into ${empty.map(code).join(', ')}, which \`datasets\` would refuse.`];
};

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const levelTable = (manifest: Manifest): string[] => {
  const counted = levels.filter((level) => manifest.levels[level] !== undefined);
  if (counted.length === 0) return [];
  const lines = counted.map((level) => `| ${level} | ${manifest.levels[level]} |`);
  return [`## Levels, by rising hardness\n\n${['| level | rows |', '|---|---|', ...lines].join('\n')}`];
};

const sourceTable = ({ sources }: Manifest): string => {
  const lines = sources.map(
    ({ dataset, licence, rows }) => `| ${code(dataset)} | ${licence === null ? 'unknown' : code(licence)} | ${rows} |`,
  );
  return `## Sources\n\n${['| data set | licence | rows |', '|---|---|---|', ...lines].join('\n')}`;
};

/** Names come from data files: shown as they are, without the power to be Markdown or HTML. */
const code = (text: string): string => `\`${text.replaceAll(/[`|\r\n]/g, ' ')}\``;

const fenced = (text: string): string => {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text}${fence}`;
};
