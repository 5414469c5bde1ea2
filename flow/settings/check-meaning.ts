import type { Domains } from '../../domains/port.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { didYouMean } from './did-you-mean.ts';
import { partsOf } from './parts.ts';
import { type Config, isOneScorer, isServed, type ScorerConfig, type TeacherConfig, teachersOf } from './schema.ts';
import { isUrlWithLogin } from './secrets.ts';
import { type Place, SettingsError } from './settings.ts';

/** What types cannot say. Throws a SettingsError with every contradiction. */
export const checkMeaning = (config: Config, domains: Domains, place: Place): void => {
  const faults = [
    ...levelFaults(config, place),
    ...targetFaults(config, place),
    ...partFaults(config, place),
    ...votingFaults(config, place),
    ...keepingFaults(config, place),
    ...runFaults(config, place),
    ...selectionFaults(config, place),
    ...promptFaults(config, place),
    ...recordedFaults(config, place),
    ...cascadeFaults(config, place),
    ...domainFaults(config, domains, place),
    ...moneyFaults(config, place),
    ...urlFaults(config, place),
    ...batchFaults(config, place),
  ];
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
};

function* levelFaults({ levels, scorer, evaluation, target }: Config, place: Place) {
  const { thresholds, by, from } = levels;
  if (thresholds === 'quantiles' && from === 'evaluation' && evaluation.length === 0) {
    yield `${place(['levels', 'thresholds'])}: quantiles are taken on the evaluation set: name one under evaluation, or set levels.from: run`;
  }
  if (thresholds === 'quantiles' && from === 'run' && target.distribution === 'evaluated') {
    yield `${place(['levels', 'from'])}: run gives the evaluation set no levels, which target.distribution: evaluated needs`;
  }
  if (
    Array.isArray(thresholds) &&
    thresholds.some((one, index) => index > 0 && one <= (thresholds[index - 1] as number))
  ) {
    yield `${place(['levels', 'thresholds'])}: each must be greater than the one before, found ${JSON.stringify(thresholds)}`;
  }
  if (by !== 'pass-rate' && scorer === undefined) {
    yield `${place(['scorer'])}: is missing: levels by ${by} need one (or set levels.by: pass-rate with student.attempts)`;
  }
}

function* targetFaults(config: Config, place: Place) {
  const { target, evaluation, student, levels } = config;
  const { distribution } = target;
  if (distribution === 'evaluated' && evaluation.length === 0) {
    yield `${place(['target', 'distribution'])}: evaluated needs an evaluation set: name one under evaluation`;
  }
  if (
    typeof distribution === 'object' &&
    !('run' in distribution) &&
    Object.values(distribution).every((one) => one === 0)
  ) {
    yield `${place(['target', 'distribution'])}: at least one weight must be positive`;
  }
  if (target.admit === 'after-grading' && target.records === undefined) {
    yield `${place(['target', 'admit'])}: after-grading needs target.records: without an end there is nothing to wait for`;
  }
  if (levels.by === 'pass-rate' && student.attempts === 1) {
    yield `${place(['student', 'attempts'])}: levels by pass-rate need more than one attempt, found 1`;
  }
  for (const [path, model] of askedOf(config)) {
    if (model.onTruncated === 'raise' && (model.maxTokensRaised ?? 0) <= model.maxTokens) {
      yield `${place([...path, 'maxTokensRaised'])}: onTruncated: raise needs a number greater than maxTokens (${model.maxTokens})`;
    }
  }
  for (const [path, { race, samples }] of teachersOf(config)) {
    if (race > samples) yield `${place([...path, 'race'])}: wants at most teacher.samples (${samples}), found ${race}`;
  }
}

/** A part that nothing is of would never fill. */
function* partFaults({ target: { by, distribution, admit, onShortfall }, problems }: Config, place: Place) {
  for (const [key, weights] of Object.entries(by ?? {})) {
    if (!Object.values(weights).some((one) => one > 0))
      yield `${place(['target', 'by', key])}: at least one part must have a positive weight`;
  }
  if (by && distribution === 'natural' && admit === 'after-grading' && onShortfall === 'redistribute')
    yield `${place(['target', 'onShortfall'])}: redistribute between parts wants levels with weights, or admit: streaming`;
  if (!by || !('source' in by)) return;
  const names = problems.map(({ dataset, preset }) => dataset ?? (preset === 'generic' ? null : preset));
  // A data set may be called like its file, and is not known before it is read.
  if (names.length === 0 || names.includes(null)) return;
  for (const name of Object.keys(by.source)) {
    if (!names.includes(name))
      yield `${place(['target', 'by', 'source', name])}: no data set is called so; known: ${[...new Set(names)].join(', ')}`;
  }
}

/** Each level has a teacher, and answers that are there already are looked at first. */
function* cascadeFaults(config: Config, place: Place) {
  const { teacher, cascade, target } = config;
  for (const [index, { kind }] of cascade.entries()) {
    if (kind === 'recorded')
      yield `${place(['teacher', index + 1, 'kind'])}: recorded answers are the first teacher's: move it to the front`;
  }
  const { distribution } = target;
  const isWanted = (level: Level): boolean =>
    typeof distribution !== 'object' || 'run' in distribution || distribution[level] > 0;
  for (const level of levels.filter(isWanted)) {
    if (![teacher, ...cascade].some((one) => one.levels?.includes(level) ?? true))
      yield `${place(['teacher'])}: no teacher is asked about ${level}: add it to the levels of one of them`;
  }
}

/** Of two answers only one can have more than half. */
function* votingFaults({ reference }: Config, place: Place) {
  if (!reference) return;
  const { samples, atLeast } = reference;
  if (atLeast > samples || atLeast * 2 <= samples)
    yield `${place(['reference', 'atLeast'])}: wants more than half of reference.samples (${samples}) and no more than all, found ${atLeast}`;
}

/** What nobody is asked for cannot be kept. */
function* keepingFaults({ teacher: { kind, keepVerified, samples } }: Config, place: Place) {
  if (kind === 'endpoint' && keepVerified > samples)
    yield `${place(['teacher', 'keepVerified'])}: wants at most teacher.samples (${samples}), found ${keepVerified}`;
}

/** A run cannot rest on itself. */
function* runFaults({ run, target }: Config, place: Place) {
  if (run === undefined) return;
  const { distribution, exclude } = target;
  if (typeof distribution === 'object' && 'run' in distribution && distribution.run === run) {
    yield `${place(['target', 'distribution', 'run'])}: names this very run; another one is wanted`;
  }
  if (exclude.includes(run)) {
    yield `${place(['target', 'exclude', exclude.indexOf(run)])}: names this very run, which never emits a problem twice`;
  }
}

function* selectionFaults({ problems }: Config, place: Place) {
  for (const [index, { limit, sample }] of problems.entries()) {
    if (limit !== undefined && sample !== undefined)
      yield `${place(['problems', index, 'limit'])}: goes without sample: a sample has its count`;
  }
}

/** A model that is not told the problem answers something else. */
function* promptFaults(config: Config, place: Place) {
  for (const [path, { prompt }] of askedOf(config)) {
    for (const [domain, template] of Object.entries(prompt)) {
      const isTold = template === undefined || template.includes('{statement}') || template.includes('{prompt}');
      if (!isTold) yield `${place([...path, 'prompt', domain])}: must hold {statement}, where the problem is to stand`;
    }
  }
}

/** Recorded answers need a file, and a file without them is read by nobody. */
function* recordedFaults({ student, teacher }: Config, place: Place) {
  for (const [role, { kind, path, preset, fields }] of Object.entries({ student, teacher })) {
    if (kind === 'recorded') {
      if (path === undefined) yield `${place([role, 'path'])}: is missing: kind recorded needs the file of the answers`;
      continue;
    }
    for (const [key, said] of Object.entries({ path, preset, fields })) {
      if (said !== undefined) yield `${place([role, key])}: is for recorded answers: set ${role}.kind: recorded`;
    }
  }
}

/** A domain that nobody knows is a slip of the pen: what it says would be of no problem. */
function* domainFaults(config: Config, domains: Domains, place: Place) {
  const { scorer, problems, evaluation, target } = config;
  const mixed = target.by && 'domain' in target.by ? Object.keys(target.by.domain) : [];
  const named: (readonly [path: readonly PropertyKey[], name: string])[] = [
    ...askedOf(config).flatMap(([path, { prompt }]) =>
      Object.keys(prompt).map((name) => [[...path, 'prompt', name], name] as const),
    ),
    ...(scorer && !isOneScorer(scorer) ? Object.keys(scorer).map((name) => [['scorer', name], name] as const) : []),
    ...mixed.map((name) => [['target', 'by', 'domain', name], name] as const),
    ...Object.entries({ problems, evaluation }).flatMap(([list, sources]) =>
      sources.flatMap(({ domain }, index) =>
        domain === undefined ? [] : [[[list, index, 'domain'], domain] as const],
      ),
    ),
  ];
  for (const [path, name] of named) {
    if (domains.has(name)) continue;
    const known = [...domains.keys()];
    yield `${place(path)}: there is no domain "${name}"; ${didYouMean(name, known)}known: ${known.join(', ')}; your own is named under domains`;
  }
}

function* moneyFaults(config: Config, place: Place) {
  const priced = ({ price }: { price: { input: number; output: number } }) => price.input > 0 || price.output > 0;
  if (
    config.budget?.cost !== undefined &&
    !priced(config.student) &&
    !teachersOf(config).some(([, one]) => priced(one))
  ) {
    yield `${place(['budget', 'cost'])}: a ceiling on the cost needs prices: set student.price and teacher.price`;
  }
  yield* partsMoneyFaults(config, place);
  for (const [path, model] of modelsOf(config)) {
    if (!('baseUrl' in model) || model.budget?.cost === undefined || priced(model)) continue;
    yield `${place([...path, 'budget', 'cost'])}: a ceiling on the cost needs ${path.join('.')}.price`;
  }
}

/** A ceiling of a part that the target does not know would hold for nothing. */
function* partsMoneyFaults(config: Config, place: Place) {
  const known = Object.keys(partsOf(config.target)?.weights ?? {});
  const isPriced = teachersOf(config).some(([, { price }]) => price.input > 0 || price.output > 0);
  for (const [part, { cost }] of Object.entries(config.budget?.parts ?? {})) {
    const path = ['budget', 'parts', part];
    if (known.length === 0) yield `${place(path)}: the target has no parts: name them under target.by`;
    else if (!known.includes(part))
      yield `${place(path)}: target.by has no part "${part}"; ${didYouMean(part, known)}known: ${known.join(', ')}`;
    else if (cost !== undefined && !isPriced)
      yield `${place([...path, 'cost'])}: a ceiling on the cost needs teacher.price`;
  }
}

/** Files and batches lie at one server. */
function* batchFaults(config: Config, place: Place) {
  for (const [path, { batch, endpoints }] of [[['student'], config.student] as const, ...teachersOf(config)]) {
    if (batch && endpoints)
      yield `${place([...path, 'batch'])}: batches go to one server: give baseUrl in the place of endpoints`;
  }
}

function* urlFaults(config: Config, place: Place) {
  yield* loginFaults(config, [], place);
  if (config.telemetry) yield* urlFault(config.telemetry.otlp, ['telemetry', 'otlp'], place);
  for (const [path, model] of modelsOf(config)) {
    if (!('baseUrl' in model)) continue;
    const { baseUrl, endpoints } = model;
    const needsServer = !('kind' in model && model.kind === 'recorded');
    if (needsServer && !isServed(model))
      yield `${place([...path, 'baseUrl'])}: is missing (or name several servers under ${[...path, 'endpoints'].join('.')})`;
    if (model.metricsUrl !== undefined && endpoints !== undefined)
      yield `${place([...path, 'metricsUrl'])}: is of one server: set it with the one under endpoints`;
    if (baseUrl !== '' && endpoints !== undefined)
      yield `${place([...path, 'baseUrl'])}: stands beside endpoints, which take its place: leave one of them out`;
    if (baseUrl !== '') yield* queryFault(baseUrl, [...path, 'baseUrl'], place);
    for (const [index, server] of (endpoints ?? []).entries())
      yield* queryFault(server.baseUrl, [...path, 'endpoints', index, 'baseUrl'], place);
  }
}

function* urlFault(url: string, path: readonly PropertyKey[], place: Place) {
  const { search, hash } = new URL(url);
  if (search !== '' || hash !== '')
    yield `${place(path)}: must end with its path; what comes after a ? or # is not sent`;
}

/** Of a model's URL: Azure wants its version there. A URL is shown and stored, so no key may stand in it. */
function* queryFault(url: string, path: readonly PropertyKey[], place: Place) {
  const { searchParams, hash, pathname } = new URL(url);
  const added = /\/(?:chat\/completions|pooling)\/?$/.exec(pathname)?.[0];
  if (added !== undefined) yield `${place(path)}: must end before ${added}, which is added`;
  if (hash !== '') yield `${place(path)}: must hold no #; what comes after it is not sent`;
  const name = [...searchParams.keys()].find((one) => keyLike.test(one));
  if (name !== undefined)
    yield `${place(path)}: must hold no ${name}, which would be shown; send it under headers, by reference to the environment`;
}

const keyLike = /key|token|secret|sig|pass|auth|code|cred/i;

/** A URL is shown and stored; a name and password in it would be too, wherever in the settings it stands. */
function* loginFaults(value: unknown, path: readonly PropertyKey[], place: Place): Generator<string> {
  if (typeof value === 'string' && isUrlWithLogin(value))
    yield `${place(path)}: must hold no name and password; send a key by reference to the environment`;
  if (value === null || typeof value !== 'object') return;
  for (const [key, one] of Object.entries(value)) yield* loginFaults(one, [...path, key], place);
}

/** The models that answer problems, with the path of their keys. */
const askedOf = (config: Config): (readonly [readonly PropertyKey[], Config['student'] | TeacherConfig])[] => [
  [['student'], config.student],
  ...teachersOf(config),
];

/** Every model with the path of its keys. */
const modelsOf = (config: Config) => {
  const { scorer } = config;
  const scorers = scorer === undefined ? [] : isOneScorer(scorer) ? [[['scorer'], scorer] as const] : perDomain(scorer);
  return [...askedOf(config), ...scorers];
};

const perDomain = (scorers: Readonly<Record<string, ScorerConfig>>) =>
  Object.entries(scorers).flatMap(([domain, one]) => (one ? [[['scorer', domain], one] as const] : []));
