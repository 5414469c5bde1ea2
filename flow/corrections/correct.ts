import { contentOf, problemId } from '../../datasets/problem-id.ts';
import { partitionOf } from '../../runtime/records/partition.ts';
import type { NewRecord, Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { Problem } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { scan } from '../store/scan.ts';
import { unreadableOf } from '../wiring/open-verifiers.ts';
import { CORRECTS, type Correction, putCorrections } from './kept-corrections.ts';

/** What a problem's reference is to be: an answer, or tests as JSON. */
export interface Wish {
  readonly id: string;
  readonly answer?: string | undefined;
  readonly tests?: string | undefined;
}

/**
 * Puts a row with the new reference beside each row of the problem, which it supersedes for every run that begins after
 * this. Tests are part of what a problem is: with others it is another problem, and the old one is withdrawn. All or
 * nothing: throws a SettingsError that names every wish which cannot be met.
 */
export const correctProblems = async (
  settings: Settings,
  transport: Transport,
  wishes: readonly Wish[],
): Promise<number> => {
  const made: Made[] = [];
  const faults: string[] = [];
  const rowsById = await rowsOf(
    transport,
    wishes.map(({ id }) => id),
  );
  for (const wish of wishes) {
    const rows = rowsById.get(wish.id) ?? [];
    const found = rows.map((row) => madeOf(row, wish, settings));
    const fault = rows.length === 0 ? unknown(wish.id) : found.find((one) => typeof one === 'string');
    if (typeof fault === 'string') faults.push(fault);
    else made.push(...(found as Made[]));
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  await transport.append(made.map(({ problem }) => rowOf(problem, transport)));
  await putCorrections(transport, distinct(made.flatMap(({ corrections }) => corrections)));
  return new Set(wishes.map(({ id }) => id)).size;
};

/** Takes problems out of every run that begins after this. */
export const withdrawProblems = async (transport: Transport, ids: readonly string[]): Promise<number> => {
  const rows = await rowsOf(transport, ids);
  const faults = ids.filter((id) => !rows.has(id)).map(unknown);
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  const all = [...new Set(ids)];
  await putCorrections(
    transport,
    all.map((id) => ({ id, content: null, within: null })),
  );
  return all.length;
};

interface Made {
  readonly problem: Problem;
  readonly corrections: readonly Correction[];
}

const unknown = (id: string): string => `${id}: no problem of this id is in the store`;

/** Of each problem one row of every file that it stands in: the last. */
const rowsOf = async (transport: Transport, ids: readonly string[]): Promise<Map<string, Problem[]>> => {
  const wanted = new Set(ids);
  const found = new Map<string, Map<string, Problem>>();
  for await (const { stored, record } of scan(transport, topics.problems)) {
    if (!wanted.has(stored.key)) continue;
    const byFile = found.get(stored.key) ?? new Map<string, Problem>();
    found.set(stored.key, byFile.set(`${record.source.dataset}/${record.source.file}`, record));
  }
  return new Map([...found].map(([id, byFile]) => [id, [...byFile.values()]]));
};

/** The row with its new reference; a sentence where it cannot be. */
const madeOf = (row: Problem, wish: Wish, { domains }: Settings): Made | string => {
  const { answer = row.answer, tests = row.tests } = wish;
  const given = { ...row, answer, tests };
  const problem = { ...given, id: problemId(given) };
  const why = unusable(problem, domains);
  if (why !== null) return `${row.id}: ${why}`;
  const correction = { id: problem.id, content: contentOf(problem), within: null };
  return problem.id === row.id
    ? { problem, corrections: [correction] }
    : { problem, corrections: [{ id: row.id, content: null, within: null }, correction] };
};

const unusable = (problem: Problem, domains: Settings['domains']): string | null => {
  const domain = domains.get(problem.domain);
  if (!domain) return `is of the domain ${problem.domain}, which is not among those of the configuration`;
  try {
    return unreadableOf(domains)(problem, domain.reference(problem));
  } catch (error) {
    return (error as Error).message;
  }
};

const distinct = (corrections: readonly Correction[]): Correction[] => [
  ...new Map(corrections.map((one) => [one.id, one])).values(),
];

const rowOf = (problem: Problem, { partitions }: Transport): NewRecord => ({
  topic: topics.problems.name,
  partition: partitionOf(problem.id, partitions),
  key: problem.id,
  value: codecs.problem.encode(problem),
  headers: { [CORRECTS]: 'yes' },
});
