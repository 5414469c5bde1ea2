import { many, one, whole } from '../wording.ts';
import type { Measures, Part } from './measures.ts';
import type { Scores } from './scores.ts';

/** Something about the data that a reader of the report should know. */
export interface Finding {
  readonly code:
    | 'student-truncated'
    | 'student-empty'
    | 'teacher-truncated'
    | 'teacher-empty'
    | 'without-reasoning'
    | 'few-levels'
    | 'unfilled-levels'
    | 'contaminated'
    | 'other-languages'
    | 'short'
    | 'long'
    | 'suspect-references';
  readonly message: string;
}

/**
 * Above which share, or number, a part is told of. `scores`: how few levels, of how many scores at least. `languages`: of
 * traces in another than the most. `lengths`: of traces of so few tokens, or more than so many, where there are `count`.
 */
export const qualityThresholds = {
  truncated: 0.1,
  empty: 0.05,
  withoutReasoning: 0,
  contaminated: 0,
  languages: 0.05,
  unfilled: 0,
  lengths: { short: 32, long: 16_384, share: 0.1, count: 20 },
  suspects: 0,
  scores: { levels: 4, shareOfALevel: 0.02, count: 20 },
} as const;
const TOLD = qualityThresholds;

/** What is off in a run's data, each with what to do. */
export const findingsOf = (measures: Measures): Finding[] => {
  const { truncated, empty, withoutReasoning, scores, suspects, contaminated, languages, lengths } = measures;
  const findings: (Finding | null)[] = [
    told(
      'student-truncated',
      truncated.student,
      TOLD.truncated,
      (part, verb) =>
        `${part('answer')} of the student ${verb('was', 'were')} cut off: ${verb('it counts', 'they count')} as wrong without being hard; raise student.maxTokens, or student.maxTokensRaised where its onTruncated is raise`,
    ),
    told(
      'student-empty',
      empty.student,
      TOLD.empty,
      (part) => `${part('answer')} of the student had nothing after the reasoning: see how its server gives the answer`,
    ),
    told(
      'teacher-truncated',
      truncated.teacher,
      TOLD.truncated,
      (part, verb) =>
        `${part('answer')} of the teacher ${verb('was', 'were')} cut off and paid for: raise teacher.maxTokens, set onTruncated: raise, or where it is set raise maxTokensRaised`,
    ),
    told(
      'teacher-empty',
      empty.teacher,
      TOLD.empty,
      (part) => `${part('answer')} of the teacher had nothing after the reasoning`,
    ),
    told(
      'without-reasoning',
      withoutReasoning,
      TOLD.withoutReasoning,
      (part, verb) =>
        `${part('record')} ${verb('has', 'have')} no reasoning: the teacher shows none, or its server hides it`,
    ),
    fewLevels(scores),
    unfilledLevels(measures),
    told(
      'contaminated',
      contaminated,
      TOLD.contaminated,
      (part, verb) =>
        `${part('emitted problem')} ${verb('gives', 'give')} an evaluation away: set decontamination.drop, or leave ${verb('it', 'them')} out of the file`,
    ),
    otherLanguages(languages),
    ...lengthFindings(lengths),
    suspects.length <= TOLD.suspects
      ? null
      : {
          code: 'suspect-references',
          message: `${many(suspects.length, 'reference')} may be wrong: the teacher's samples agree on another answer (quality.suspects in report.json)`,
        },
  ];
  return findings.filter((one) => one !== null);
};

const told = (
  code: Finding['code'],
  { count, of }: Part,
  above: number,
  message: (part: (noun: string) => string, verb: (single: string, several: string) => string) => string,
): Finding | null =>
  of > 0 && count / of > above
    ? {
        code,
        message: message(
          (noun) => `${whole(count)} of ${many(of, noun)}`,
          (single, several) => one(count, single, several),
        ),
      }
    : null;

const unfilledLevels = ({ unfilled }: Measures): Finding | null => {
  if (unfilled.length <= TOLD.unfilled) return null;
  const named = unfilled.map(
    ({ level, emitted, wanted, why }) => `${level} has ${emitted} of ${wanted}${WHY_UNFILLED[why]}`,
  );
  const more = unfilled.some(({ why }) => why !== 'budget')
    ? ['more problems, other levels.thresholds (sluice levels) or target.onShortfall: redistribute']
    : [];
  const money = unfilled.some(({ why }) => why === 'budget') ? ['a higher ceiling under budget.parts'] : [];
  return {
    code: 'unfilled-levels',
    message: `${named.join('; ')}: ${[...more, ...money].join(', or ')} would help`,
  };
};

const WHY_UNFILLED = {
  'no-more-problems': '',
  closed: ', since its teacher fails',
  budget: ', since the money of its part has ended',
} as const;

const otherLanguages = (languages: Measures['languages']): Finding | null => {
  const [most, ...others] = Object.entries(languages).sort(([, a], [, b]) => b - a);
  if (!most) return null;
  const count = others.reduce((sum, [, some]) => sum + some, 0);
  return told(
    'other-languages',
    { count, of: count + most[1] },
    TOLD.languages,
    (part, verb) =>
      `${part('record')} ${verb('is', 'are')} not in ${most[0]} but in ${others.map(([language]) => language).join(', ')}: teacher.keep.languages keeps what is wanted`,
  );
};

/** Bounds of the histogram, so that nothing is guessed. */
const lengthFindings = ({ upTo, histogram }: Measures['lengths']): (Finding | null)[] => {
  const of = histogram.reduce((sum, some) => sum + some, 0);
  const { short, long, share, count: least } = TOLD.lengths;
  if (of < least) return [];
  const sumOf = (isOne: (bound: number, index: number) => boolean): Part => ({
    count: histogram.reduce((sum, some, index) => sum + (isOne(upTo[index] ?? 0, index) ? some : 0), 0),
    of,
  });
  return [
    told(
      'short',
      sumOf((bound) => bound <= short),
      share,
      (part, verb) =>
        `${part('record')} ${verb('has', 'have')} ${short} tokens or fewer: the teacher hardly reasons; teacher.keep.tokens asks for more`,
    ),
    told(
      'long',
      sumOf((bound) => bound > long),
      share,
      (part, verb) =>
        `${part('record')} ${verb('has', 'have')} more than ${long} tokens, which trainers cut off by default: see sluice export --tokenizer, or set teacher.keep.tokens`,
    ),
  ];
};

const fewLevels = ({ count, levels, range, quintiles }: Scores): Finding | null => {
  if (count < TOLD.scores.count || range === null) return null;
  const filled = Object.values(levels).filter((some) => some >= TOLD.scores.shareOfALevel * count).length;
  if (filled >= TOLD.scores.levels) return null;
  const [least, largest] = range;
  const fitting = quintiles
    ? `; levels.thresholds: [${quintiles.map((one) => one.toFixed(4)).join(', ')}] would fill five`
    : '';
  return {
    code: 'few-levels',
    message: `the scores lie between ${least.toFixed(2)} and ${largest.toFixed(2)}, so that only ${filled} of five levels are there${fitting}`,
  };
};
