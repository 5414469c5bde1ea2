import { type Config, isOneScorer } from './schema.ts';

/** What shapes a run's results; the rest (speed, money, places, secrets) may change from one start to the next. */
export const shaping = ({
  reference,
  student,
  teacher,
  cascade,
  scorer,
  domains,
  levels,
  target,
  evaluation,
  decontamination,
  dedupe,
  brought,
}: Config) => ({
  ...(reference && { reference }),
  student: model(student),
  scorer: scorer && scorerShape(scorer),
  domains: domainsShape(domains),
  levels,
  target: { ...target, records: undefined, ahead: undefined },
  evaluation,
  teacher: model(teacher),
  ...(cascade.length > 0 && { cascade: cascade.map(model) }),
  decontamination: { drop: decontamination.drop },
  ...(dedupe !== 'exact' && { dedupe }),
  ...(brought.length > 0 && { plugins: brought }),
});

/** What shapes what the student shows on the evaluation set. */
export const shapingEvaluation = ({ student, scorer, domains, levels, evaluation }: Config) => ({
  student: model(student),
  scorer: scorer && scorerShape(scorer),
  domains: domainsShape(domains),
  levels,
  evaluation,
});

/** Where a model is, how it is reached, how fast and how dear shapes no answer. */
const places = [
  'apiKey',
  'baseUrl',
  'endpoints',
  'headers',
  'concurrency',
  'rpm',
  'tpm',
  'metricsUrl',
  'idleTimeoutSeconds',
  'price',
  'budget',
  'stream',
  'batch',
];
const model = (settings: object): object =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => !places.includes(key)));

const scorerShape = (scorer: NonNullable<Config['scorer']>): unknown =>
  isOneScorer(scorer)
    ? model(scorer)
    : Object.fromEntries(Object.entries(scorer).map(([domain, one]) => [domain, one && model(one)]));

/** Where a grader is, how many work at once, and how long one is waited for, decides no verdict; its version does. */
const atOnce = ['workers', 'processes', 'concurrency', 'batch', 'timeoutSeconds', 'url', 'headers'];
const domainsShape = (domains: Config['domains']): object =>
  Object.fromEntries(
    Object.entries(domains).map(([name, settings]) => [
      name,
      Object.fromEntries(Object.entries(settings).filter(([key]) => !atOnce.includes(key))),
    ]),
  );
