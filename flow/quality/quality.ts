import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Cot, Level, Levelled, Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from '../store/scan.ts';
import { type Finding, findingsOf, qualityThresholds } from './findings.ts';
import type { Measures, Part, Spread } from './measures.ts';
import { scoreCounter } from './scores.ts';
import { type Suspect, suspectIn } from './suspects.ts';
import { verifiedCounter } from './verified.ts';

export interface Quality extends Measures {
  /** What is off, and what to do about it; empty where nothing is. */
  readonly findings: readonly Finding[];
  /** Above which each measure is a finding. */
  readonly thresholds: typeof qualityThresholds;
}

/** Reads what the topics hold now; of the records only counts and the suspects are kept. */
export const qualityOf = async (transport: Transport): Promise<Quality> => {
  const student = { attempts: 0, truncated: 0, empty: 0 };
  const labels = { count: 0, of: 0 };
  const scores = scoreCounter();
  for await (const { record } of scan(transport, topics.levelled)) {
    student.attempts += record.grade.attempts;
    student.truncated += record.grade.truncated;
    student.empty += record.grade.empty;
    scores.take(record satisfies Levelled);
    labels.of++;
    if (record.problem.label !== null) labels.count++;
  }
  const teacher = { attempts: 0, truncated: 0, empty: 0 };
  const suspects: Suspect[] = [];
  const tokens = new Map<Level, number[]>();
  let traces = 0;
  let withoutReasoning = 0;
  const verified = verifiedCounter();
  const tried = ({ level, attempts }: Pick<Cot, 'level' | 'attempts'>): void => {
    verified.take({ level, attempts });
    teacher.attempts += attempts.length;
    teacher.truncated += attempts.filter(({ outcome }) => outcome === 'truncated').length;
    teacher.empty += attempts.filter(({ outcome }) => outcome === 'empty').length;
  };
  const suspected = (record: Cot | Rejected): void => {
    const suspect = suspectIn(record);
    if (suspect) suspects.push(suspect);
  };
  for await (const { record } of scan(transport, topics.cot)) {
    tried(record);
    suspected(record);
    for (const { sample, reasoning } of [record, ...record.others]) {
      traces++;
      if (reasoning.trim() === '') withoutReasoning++;
      const spent = record.attempts.find((one) => one.sample === sample)?.completionTokens ?? 0;
      const ofLevel = tokens.get(record.level);
      if (ofLevel) ofLevel.push(spent);
      else tokens.set(record.level, [spent]);
    }
  }
  for await (const { record } of scan(transport, topics.rejected)) {
    tried(record);
    suspected(record);
  }
  const found: Measures = {
    traces,
    labels,
    truncated: { student: partOf(student.truncated, student), teacher: partOf(teacher.truncated, teacher) },
    empty: { student: partOf(student.empty, student), teacher: partOf(teacher.empty, teacher) },
    withoutReasoning: { count: withoutReasoning, of: traces },
    scores: scores.now(),
    tokens: Object.fromEntries(
      levels.flatMap((level) => (tokens.has(level) ? [[level, spreadOf(tokens.get(level) ?? [])]] : [])),
    ),
    verified: verified.now(),
    suspects,
  };
  return { ...found, findings: findingsOf(found), thresholds: qualityThresholds };
};

const partOf = (count: number, { attempts }: { readonly attempts: number }): Part => ({ count, of: attempts });

const spreadOf = (numbers: readonly number[]): Spread => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p90: at(0.9), max: sorted.at(-1) ?? 0 };
};
