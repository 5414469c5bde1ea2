import type { Domains, Host } from '../../domains/port.ts';
import { splitSteps } from '../../llm/ask/steps.ts';
import type { Endpoint, EndpointState } from '../../llm/endpoint/endpoint.ts';
import { openChatModel, openScorer, type ScorerSettings } from '../../llm/models.ts';
import { type Budget, openBudget } from '../../llm/money/budget.ts';
import type { Cost } from '../../llm/money/prices.ts';
import type { ChatModel, ChatReply, ChatRequest, StepScorer } from '../../llm/port.ts';
import type { RecordedAnswers } from '../../processors/recorded.ts';
import type { Scorer } from '../../processors/score.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Recorded, RecordedRole } from '../recorded/open-recorded.ts';
import { type Config, isOneScorer, isServed, type ScorerConfig, teachersOf } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import { batchesOf } from './batches.ts';
import { journalOver } from './journal.ts';
import { claimsOf, ledgerOf } from './ledger.ts';
import { type OwnModels, ownChat, ownScorer } from './own-models.ts';
import { paidPrice } from './usage/paid-price.ts';
import { type ModelUsage, sumUsage, usageMeter } from './usage/usage.ts';

export type ModelRole = 'student' | 'scorer' | 'teacher' | 'verifier';

export interface Models {
  /** Null where answers are recorded and nobody is asked for the rest. */
  readonly student: ChatModel | null;
  /** In the order in which they are asked. */
  readonly teachers: readonly TeacherModel[];
  /** The first teacher, asked to vote for a reference: its refusals for money end the grading, not an admission. */
  readonly voter: ChatModel | null;
  readonly recorded: Readonly<Partial<Record<RecordedRole, RecordedAnswers>>>;
  readonly scorer: (domain: string) => Scorer;
  /** Opens a model that a domain judges with. */
  readonly verifier: Host['chat'];
  usage(): Record<Exclude<ModelRole, 'verifier'>, ModelUsage> & { readonly verifier?: ModelUsage };
  /** What counts against the ceilings, calls with an uncertain end among it, over all processes; null without a budget. */
  spent(): Cost | null;
  /** How each endpoint stands: limit, in flight, why it waits. */
  endpoints(): (EndpointState & { readonly role: ModelRole })[];
  /** Sends nothing more; calls in flight go on. */
  drain(): void;
  close(): Promise<void>;
}

export interface TeacherModel {
  readonly teacher: ChatModel | null;
  readonly recorded?: RecordedAnswers | undefined;
  /** The reply to this very request if it was ever received; nothing is sent. */
  readonly recall: (request: ChatRequest) => Promise<ChatReply | undefined>;
}

/** What stands in an endpoint's place, or is there before it is asked. */
export interface Given {
  readonly own?: OwnModels | undefined;
  readonly recorded?: Readonly<Partial<Record<RecordedRole, Recorded | null>>>;
}

/** Opens every model that the configuration names: journal over budget, limiter and retries over HTTP. */
export const openModels = async (
  { config, domains, secrets }: Pick<Settings, 'config' | 'domains' | 'secrets'>,
  transport: Transport,
  before: Partial<Record<ModelRole, ModelUsage>>,
  { own = {}, recorded = {} }: Given = {},
): Promise<Models> => {
  const journal = journalOver(transport.table('journal'));
  const batches = (meter: Meter) => ({
    batches: { store: batchesOf(transport), worker: transport.worker(), unclaimed: meter.count },
  });
  const deps = { journal, budget: await budgetOf(config, transport), claims: claimsOf(config, transport) };
  const meters = {
    student: usageMeter(paidPrice(config.student), before.student),
    scorer: usageMeter(pricedScorer(config)?.price ?? { input: 0, output: 0 }, before.scorer),
  };
  const student = own.student
    ? ownChat(own.student, config.student, journal)
    : isServed(config.student)
      ? openChatModel(
          {
            ...{ ...config.student, price: paidPrice(config.student), secrets, account: 'student' },
            ...{ stream: false, answersInThinking: true },
          },
          { ...deps, ...batches(meters.student) },
        )
      : null;
  const teachers = teachersOf(config).map(([, one], index) => {
    const price = paidPrice(one);
    const meter = usageMeter(price, index === 0 ? before.teacher : undefined);
    const answers = index === 0 ? recorded.teacher?.answers : undefined;
    const open = (): ReturnType<typeof ownChat> | ReturnType<typeof openChatModel> | null => {
      if (own.teacher) return ownChat(own.teacher, one, journal);
      const settings = { ...one, price, secrets, account: teacherAccount(index) };
      return isServed(one) ? openChatModel(settings, { ...deps, ...batches(meter) }) : null;
    };
    return { model: open(), meter, recorded: answers && meter.overRecorded(answers) };
  });
  const scorers = new Map<string, { scorer: Scorer; endpoint?: Endpoint }>();
  const scorerOf = (domain: string): Scorer => {
    if (own.scorer) return ownStepScorer(meters.scorer.over(ownScorer(own.scorer, 'own', journal)));
    const wanted = scorerConfig(config, domain, domains);
    const key = JSON.stringify(wanted);
    const known = scorers.get(key) ?? openDomainScorer(wanted, secrets, deps, meters.scorer);
    scorers.set(key, known);
    return known.scorer;
  };
  const judges: { readonly endpoint: Endpoint; readonly meter: Meter }[] = [];
  const verifier: Host['chat'] = (given) => {
    const price = given.price ?? { input: 0, output: 0 };
    const meter = usageMeter(price, judges.length === 0 ? before.verifier : undefined);
    const { ask, endpoint } = openChatModel(
      { ...given, price, secrets, account: 'verifier', stream: false, answersInThinking: true },
      deps,
    );
    judges.push({ endpoint, meter });
    // It is closed with the other models.
    return { ask: meter.over(ask), close: async () => {} };
  };
  const endpoints = (): { role: ModelRole; endpoint: Endpoint }[] => [
    ...(student?.endpoint ? [{ role: 'student' as const, endpoint: student.endpoint }] : []),
    ...[...scorers.values()].flatMap((one) =>
      one.endpoint ? [{ role: 'scorer' as const, endpoint: one.endpoint }] : [],
    ),
    ...teachers.flatMap(({ model }) =>
      model?.endpoint ? [{ role: 'teacher' as const, endpoint: model.endpoint }] : [],
    ),
    ...judges.map(({ endpoint }) => ({ role: 'verifier' as const, endpoint })),
  ];
  return {
    student: student && meters.student.over(student.ask),
    teachers: teachers.map(({ model, meter, recorded: there }) => ({
      teacher: model && meter.over(model.ask),
      recall: model ? meter.overRecall(model.recall) : async () => undefined,
      recorded: there,
    })),
    voter: teachers[0]?.model ? teachers[0].meter.over(teachers[0].model.ask) : null,
    recorded: { ...(recorded.student && { student: meters.student.overRecorded(recorded.student.answers) }) },
    scorer: scorerOf,
    verifier,
    usage: () => ({
      student: meters.student.now(),
      scorer: meters.scorer.now(),
      teacher: sumUsage(teachers.map(({ meter }) => ({ teacher: meter.now() }))).teacher as ModelUsage,
      ...sumUsage([
        ...(judges.length === 0 && before.verifier ? [{ verifier: before.verifier }] : []),
        ...judges.map(({ meter }) => ({ verifier: meter.now() })),
      ]),
    }),
    spent: () => deps.budget?.state().run.spent ?? null,
    endpoints: () =>
      endpoints().flatMap(({ role, endpoint }) => endpoint.states().map((state) => ({ role, ...state }))),
    drain: () => {
      for (const { endpoint } of endpoints()) endpoint.drain();
    },
    close: async () => {
      await deps.budget?.flushed();
      await Promise.all(endpoints().map(({ endpoint }) => endpoint.close()));
      for (const one of Object.values(recorded)) one?.close();
    },
  };
};

type Meter = ReturnType<typeof usageMeter>;

const ownStepScorer = (score: StepScorer): Scorer => ({ kind: 'model', score, split: splitSteps, aggregate: 'mean' });

const openDomainScorer = (
  config: ScorerConfig,
  secrets: readonly string[],
  deps: Parameters<typeof openScorer>[1],
  meter: ReturnType<typeof usageMeter>,
): { scorer: Scorer; endpoint?: Endpoint } => {
  if (config.kind === 'tests') return { scorer: { kind: 'tests' } };
  const opened = openScorer({ ...scorerSettings(config), secrets }, deps);
  const { endpoint } = opened;
  const score = meter.over(opened.score);
  if (config.kind === 'judge') return { scorer: { kind: 'judge', score }, endpoint };
  return { scorer: { kind: 'model', score, split: splitSteps, aggregate: config.aggregate }, endpoint };
};

const scorerSettings = (config: Exclude<ScorerConfig, { kind: 'tests' }>): ScorerSettings =>
  config.kind === 'prm'
    ? { ...config, account: 'scorer', windowTokens: config.contextTokens }
    : { ...config, account: 'scorer' };

/** The scorer of a domain, if there is one: shares of tests mark programs only. */
export const scorerFor = (
  { scorer }: Pick<Config, 'scorer'>,
  domain: string,
  domains: Domains,
): ScorerConfig | undefined => {
  const found = scorer && (isOneScorer(scorer) ? scorer : scorer[domain]);
  return found?.kind === 'tests' && !domains.get(domain)?.hasTests ? undefined : found;
};

const scorerConfig = (config: Config, domain: string, domains: Domains): ScorerConfig => {
  const found = scorerFor(config, domain, domains);
  if (found) return found;
  throw Object.assign(new Error(`no scorer for ${domain} problems: set scorer.${domain}`), {
    code: 'no-scorer',
    disposition: 'stop',
  });
};

/** The first scorer that is a model: its price and budget stand for all of them. */
const pricedScorer = ({ scorer }: Config) => {
  const all = scorer === undefined ? [] : isOneScorer(scorer) ? [scorer] : Object.values(scorer);
  return all.find((one) => one !== undefined && one.kind !== 'tests');
};

/** Each teacher spends from a budget of its own. */
const teacherAccount = (index: number): string => (index === 0 ? 'teacher' : `teacher-${index + 1}`);

/** Without a ceiling there is nothing to reserve. */
const budgetOf = async (config: Config, transport: Transport): Promise<Budget | undefined> => {
  const { student, budget } = config;
  const scorer = pricedScorer(config);
  const teachers = teachersOf(config).map(([, one]) => one.budget);
  if (!budget && !student.budget && !scorer?.budget && !teachers.some(Boolean)) return undefined;
  const ofTeachers = teachers.map((ceiling, index) => [teacherAccount(index), ceiling ?? {}] as const);
  const accounts = {
    student: student.budget ?? {},
    scorer: scorer?.budget ?? {},
    ...Object.fromEntries(ofTeachers),
  };
  return openBudget({ run: budget ?? {}, models: accounts, parts: budget?.parts ?? {} }, ledgerOf(config, transport));
};
