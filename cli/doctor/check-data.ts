import { readProblems } from '../../datasets/in/read-problems.ts';
import { sourcesOf } from '../../flow/intake/source-files.ts';
import type { Domain } from '../../schemas/types.ts';
import type { LoadedConfig } from '../config/load.ts';
import { many } from '../text.ts';
import { type Check, checked, ok, warning, wrong } from './check.ts';

const FIRST_ROWS = 100;

export interface Data {
  readonly checks: readonly Check[];
  readonly domains: ReadonlySet<Domain>;
}

/** Reads the first rows of every data set that the configuration names. */
export const checkData = async (loaded: LoadedConfig): Promise<Data> => {
  const { config } = loaded;
  const domains = new Set<Domain>();
  const named = [
    ...config.problems.map((one) => ({ what: 'problems', one, split: 'train' as const })),
    ...config.evaluation.map((one) => ({ what: 'evaluation', one, split: 'test' as const })),
  ];
  const checks: Check[] = [];
  for (const { what, one, split } of named) {
    const [source] = sourcesOf([one], loaded, split);
    if (source) checks.push(...(await checked(what, () => checkSource(what, source, domains))));
  }
  if (config.problems.length === 0) checks.push(warning('problems', 'names no data; only what was ingested before'));
  return { checks, domains };
};

const checkSource = async (
  what: string,
  source: Parameters<typeof readProblems>[0],
  domains: Set<Domain>,
): Promise<Check[]> => {
  let good = 0;
  let first: string | null = null;
  let rows = 0;
  for await (const row of readProblems(source)) {
    if ('problem' in row) {
      good++;
      domains.add(row.problem.domain);
    } else first ??= `${row.bad.file}:${row.bad.line}: ${row.bad.message}`;
    if (++rows >= FIRST_ROWS) break;
  }
  if (good === 0) return [wrong(what, `${source.path}: none of the first ${many(rows, 'row')} is a problem: ${first}`)];
  if (first === null)
    return [ok(what, `${source.path}: the first ${rows === 1 ? 'row reads' : `${rows} rows read`} well`)];
  return [warning(what, `${source.path}: ${rows - good} of the first ${many(rows, 'row')} cannot be read; ${first}`)];
};
