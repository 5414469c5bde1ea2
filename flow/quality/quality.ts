import type { Transport } from '../../runtime/transport.ts';
import type { Cot, Rejected } from '../../schemas/types.ts';
import { keptContamination } from '../intake/contamination.ts';
import type { Counter } from '../status/pass-over.ts';
import { samplerState } from '../status/sampler-state.ts';
import { emittedCounter } from './emitted.ts';
import { type Finding, findingsOf, qualityThresholds } from './findings.ts';
import type { Measures, Part } from './measures.ts';
import { scoreCounter } from './scores.ts';
import { type Suspect, suspectIn } from './suspects.ts';
import { unfilledLevels } from './unfilled.ts';
import { verifiedCounter } from './verified.ts';

export interface Quality extends Measures {
  /** What is off, and what to do about it; empty where nothing is. */
  readonly findings: readonly Finding[];
  /** Above which each measure is a finding. */
  readonly thresholds: typeof qualityThresholds;
}

export interface How {
  /** Nothing more will come: names the levels that lack something. */
  readonly drained: boolean;
  /** Whether the languages of the traces are told: it takes half a second and 160 MB. */
  readonly languages: boolean;
}

/**
 * What a pass over the topics tells of the data; of the records only counts, beginnings and the suspects are kept.
 */
export const qualityCounter = async (
  transport: Transport,
): Promise<{ readonly counter: Counter; now(how: How): Promise<Quality> }> => {
  const student = { attempts: 0, truncated: 0, empty: 0 };
  const teacher = { attempts: 0, truncated: 0, empty: 0 };
  const labels = { count: 0, of: 0 };
  const scores = scoreCounter();
  const find = await keptContamination(transport);
  const emitted = emittedCounter(({ problem }) => (find?.(problem) ?? problem.contamination) !== null);
  const suspects: Suspect[] = [];
  const verified = verifiedCounter();
  const tried = (record: Cot | Rejected): void => {
    const { level, attempts } = record;
    verified.take({ level, attempts });
    teacher.attempts += attempts.length;
    teacher.truncated += attempts.filter(({ outcome }) => outcome === 'truncated').length;
    teacher.empty += attempts.filter(({ outcome }) => outcome === 'empty').length;
    const suspect = suspectIn(record);
    if (suspect) suspects.push(suspect);
  };
  return {
    counter: {
      levelled: (record) => {
        student.attempts += record.grade.attempts;
        student.truncated += record.grade.truncated;
        student.empty += record.grade.empty;
        scores.take(record);
        labels.of++;
        if (record.problem.label !== null) labels.count++;
      },
      cot: (record) => {
        tried(record);
        emitted.take(record);
      },
      rejected: tried,
    },
    now: async ({ drained, languages }) => {
      const found: Measures = {
        ...(await emitted.now(languages)),
        labels,
        truncated: { student: partOf(student.truncated, student), teacher: partOf(teacher.truncated, teacher) },
        empty: { student: partOf(student.empty, student), teacher: partOf(teacher.empty, teacher) },
        scores: scores.now(),
        unfilled: drained ? unfilledLevels(await samplerState(transport)) : [],
        verified: verified.now(),
        suspects,
      };
      return { ...found, findings: findingsOf(found), thresholds: qualityThresholds };
    },
  };
};

const partOf = (count: number, { attempts }: { readonly attempts: number }): Part => ({ count, of: attempts });
