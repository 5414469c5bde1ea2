import { hash } from 'node:crypto';
import { contentOf } from '../../datasets/problem-id.ts';
import { isOutOfBudget, isPartOutOfBudget } from '../../llm/errors.ts';
import type { GradeCapabilities } from '../../processors/grade.ts';
import { type LevelSettings, needsScore } from '../../processors/level.ts';
import type { ScoreCapabilities } from '../../processors/score.ts';
import type { VoteCapabilities } from '../../processors/vote.ts';
import type { Distinct } from '../../runtime/topology.ts';
import type { Problem } from '../../schemas/types.ts';
import type { AdaptiveCotCapabilities } from '../../topologies/adaptive-cot.ts';
import type { Between } from '../../topologies/between.ts';
import { accepting, type Verify } from '../../verifiers/port.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { processingAfter } from '../plugins/processing.ts';
import { suspectIn } from '../quality/suspects.ts';
import { fitness } from '../quality/trace/fitness.ts';
import { partsOf } from '../settings/parts.ts';
import { type Config, teachersOf } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import type { Models, TeacherModel } from './open-models.ts';
import { referenceOf, unreadableOf, type Verifiers } from './open-verifiers.ts';
import { promptOf } from './prompts.ts';

export interface Wiring {
  readonly settings: Settings;
  readonly models: Models;
  readonly verifiers: Verifiers;
  /** How the student's answers are judged, where that is not as the teacher's are. */
  readonly judging?: Verify;
}

export type Thresholds = LevelSettings['thresholds'];

/** Everything that the dataflow needs from outside, bound to this configuration. */
export const capabilitiesOf = (
  wiring: Wiring,
  accepts: Accepts,
  thresholds: () => Promise<Thresholds>,
): AdaptiveCotCapabilities => {
  const { settings, models, verifiers } = wiring;
  const { config, domains } = settings;
  const { by } = config.levels;
  return {
    ...gradingOf(wiring, accepts),
    level: async () => ({ by, thresholds: await thresholds() }),
    sample: {
      hash: (text) => hash('sha256', text),
      by: partsOf(config.target)?.by ?? null,
      ahead: config.target.ahead,
    },
    generate: {
      teachers: teachersOf(config).map(([, teacher], index) => ({
        ...(models.teachers[index] as TeacherModel),
        name: nameOf(teacher),
        levels: teacher.levels ?? null,
        samples: teacher.samples,
        keeping: { count: teacher.keepVerified, choose: teacher.choose },
        race: teacher.race,
        maxTokensRaised: teacher.onTruncated === 'raise' ? (teacher.maxTokensRaised ?? null) : null,
        prompt: promptOf(domains, teacher.prompt, teacher.system),
        verify: accepting(verifiers.verify, teacher.accept),
        unfit: fitness(teacher),
        suspect:
          teacher.onSuspect === 'drop' ? (problem, attempts) => suspectIn({ problem, attempts }) !== null : () => false,
        isOutOfBudget,
      })),
      reference: referenceOf(domains),
      studentPrompt: promptOf(domains, config.student.prompt, config.student.system),
      part: paidPartOf(config),
      isPartOutOfBudget,
    },
  };
};

/** The part of a problem where that has a ceiling of its own. */
const paidPartOf =
  ({ budget, target }: Config) =>
  ({ domain, source }: Problem): string | null => {
    const by = partsOf(target)?.by;
    const part = by === undefined ? null : { domain, source: source.dataset }[by];
    return part !== null && budget?.parts?.[part] ? part : null;
  };

/** The part that the evaluation set shares: grade, score. */
export const gradingOf = (
  wiring: Wiring,
  accepts: Accepts,
): {
  distinct: Distinct<Problem>;
  grade: GradeCapabilities;
  score: ScoreCapabilities;
  between: Between;
} => {
  const {
    settings: { config, domains, plugins },
    models,
    verifiers,
    judging = verifiers.verify,
  } = wiring;
  return {
    distinct: {
      accepts,
      key: (problem) => problem.id,
      content: contentOf,
      conflict: 'conflicting-reference',
    },
    grade: {
      student: models.student,
      recorded: models.recorded.student,
      studentName: nameOf(config.student),
      attempts: config.student.attempts,
      truncated: config.student.onTruncated === 'leave-out' ? 'left-out' : 'wrong',
      maxTokensRaised: config.student.onTruncated === 'raise' ? (config.student.maxTokensRaised ?? null) : null,
      prompt: promptOf(domains, config.student.prompt, config.student.system),
      reference: referenceOf(domains),
      unreadable: unreadableOf(domains),
      verify: accepting(judging, config.student.accept),
      ...(config.reference && { vote: votingOf(wiring, config.reference) }),
    },
    score: { scorer: models.scorer, needed: needsScore(config.levels) },
    between: {
      problems: processingAfter(plugins, 'problems'),
      graded: processingAfter(plugins, 'graded'),
      scored: processingAfter(plugins, 'scored'),
      admitted: processingAfter(plugins, 'admitted'),
    },
  };
};

/** The first teacher's samples vote, asked as `generate` asks for them. */
const votingOf = (
  { settings: { config, domains }, models, verifiers }: Wiring,
  { samples, atLeast }: NonNullable<Settings['config']['reference']>,
): VoteCapabilities => {
  const { teacher } = config;
  const votingIn = (domain: string) => domains.get(domain)?.voting;
  return {
    teacher: models.voter,
    recorded: models.teachers[0]?.recorded,
    name: nameOf(teacher),
    samples,
    atLeast,
    maxTokensRaised: teacher.onTruncated === 'raise' ? (teacher.maxTokensRaised ?? null) : null,
    prompt: promptOf(domains, teacher.prompt, teacher.system),
    isOpen: ({ domain, answer, tests }) => answer === null && tests === null && votingIn(domain) !== undefined,
    answerIn: (problem, response) => votingIn(problem.domain)?.answer(problem, response, teacher.accept) ?? null,
    reference: referenceOf(domains),
    verify: accepting(verifiers.verify, teacher.accept),
  };
};

export const nameOf = ({ model, revision }: { model: string; revision: string }): string =>
  revision === '' ? model : `${model}@${revision}`;
