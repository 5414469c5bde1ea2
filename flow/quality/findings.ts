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
    | 'suspect-references';
  readonly message: string;
}

/** Above which share, or number, a part is told of; `scores`: how few levels, of how many scores at least. */
export const qualityThresholds = {
  truncated: 0.1,
  empty: 0.05,
  withoutReasoning: 0,
  suspects: 0,
  scores: { levels: 4, shareOfALevel: 0.02, count: 20 },
} as const;
const TOLD = qualityThresholds;

/** What is off in a run's data, each with what to do. */
export const findingsOf = (measures: Measures): Finding[] => {
  const { truncated, empty, withoutReasoning, scores, suspects } = measures;
  const findings: (Finding | null)[] = [
    told(
      'student-truncated',
      truncated.student,
      TOLD.truncated,
      (part) =>
        `${part} answers of the student were cut off: they count as wrong without being hard; raise student.maxTokens`,
    ),
    told(
      'student-empty',
      empty.student,
      TOLD.empty,
      (part) => `${part} answers of the student had nothing after the reasoning: see how its server gives the answer`,
    ),
    told(
      'teacher-truncated',
      truncated.teacher,
      TOLD.truncated,
      (part) =>
        `${part} answers of the teacher were cut off and paid for: raise teacher.maxTokens, or set onTruncated: raise`,
    ),
    told(
      'teacher-empty',
      empty.teacher,
      TOLD.empty,
      (part) => `${part} answers of the teacher had nothing after the reasoning`,
    ),
    told(
      'without-reasoning',
      withoutReasoning,
      TOLD.withoutReasoning,
      (part) => `${part} records have no reasoning: the teacher shows none, or its server hides it`,
    ),
    fewLevels(scores),
    suspects.length <= TOLD.suspects
      ? null
      : {
          code: 'suspect-references',
          message: `${suspects.length} references may be wrong: the teacher's samples agree on another answer (quality.suspects in report.json)`,
        },
  ];
  return findings.filter((one) => one !== null);
};

const told = (
  code: Finding['code'],
  { count, of }: Part,
  above: number,
  message: (part: string) => string,
): Finding | null => (of > 0 && count / of > above ? { code, message: message(`${count} of ${of}`) } : null);

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
