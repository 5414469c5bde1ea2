import { costOf } from '../../llm/money/prices.ts';
import type { ChatRequest, Usage } from '../../llm/port.ts';
import type { Price } from '../../llm/settings.ts';
import { generate } from '../../processors/generate.ts';
import { grade } from '../../processors/grade.ts';
import { level } from '../../processors/level.ts';
import type { Target } from '../../processors/sampling/target.ts';
import { type Scorer, score } from '../../processors/score.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import { hardness } from '../../schemas/hardness.ts';
import type { Admitted, Level, Levelled, Problem, Scored } from '../../schemas/types.ts';
import { plainThresholds } from '../evaluation/evaluated.ts';
import { quintiles } from '../evaluation/quintiles.ts';
import { teachersOf } from '../settings/schema.ts';
import { capabilitiesOf, nameOf, type Thresholds, type Wiring } from '../wiring/capabilities.ts';
import { scorerFor, type TeacherModel } from '../wiring/open-models.ts';
import { batchPrice, paidPrice } from '../wiring/usage/paid-price.ts';
import { addSpending, type Observed, type PaidStage, rowName, type Spending } from './observed.ts';

export interface Asking {
  readonly wiring: Wiring;
  /** Null: those that part the pilot's own scores into fifths. */
  readonly thresholds: Thresholds | null;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly progress: (asked: PilotProgress) => void;
  readonly observe: (event: RuntimeEvent) => void;
}

/** How far the models are with a pilot. */
export interface PilotProgress {
  readonly problems: number;
  /** By the student. */
  readonly answered: number;
  /** By the teacher, verified or not. */
  readonly taught: number;
}

/**
 * Has the models answer about the problems of a pilot, as a run would: the same requests, whose answers lie in the
 * journal, and nothing anywhere else. The teacher is asked only about what the target has room for.
 */
export const askPilot = async (pilot: readonly Problem[], asking: Asking): Promise<Observed[]> => {
  const { wiring, thresholds, target, signal } = asking;
  const spent = new Map<string, Map<string, Spending>>();
  const capabilities = capabilitiesOf(
    metered(wiring, spent, asking),
    () => true,
    async () => plainThresholds,
  );
  const at = stages(pilot, asking.observe);
  const scoreOf = async (problem: Problem): Promise<Scored | null> => {
    const { graded } = (await at('grade', problem, () => grade(capabilities.grade)(problem, signal))) ?? {};
    if (graded === undefined) return null;
    return (await at('score', problem, () => score(capabilities.score)(graded, signal)))?.scored ?? null;
  };
  let done: PilotProgress = { problems: pilot.length, answered: 0, taught: 0 };
  const count = (what: 'answered' | 'taught') => {
    done = { ...done, [what]: done[what] + 1 };
    asking.progress(done);
  };
  const scored = await Promise.all(
    pilot.map(async (problem) => {
      const found = await scoreOf(problem);
      count('answered');
      return found;
    }),
  );
  const bounds = thresholds ?? quintiles(scored.flatMap((one) => one?.score ?? [])) ?? plainThresholds;
  const { by } = wiring.settings.config.levels;
  const toLevel = level(async () => ({ by, thresholds: bounds }));
  const levelled = await Promise.all(scored.map(async (one) => one && (await toLevel(one)).levelled));
  const teach = async (one: Levelled, admission: number): Promise<boolean> => {
    const admitted: Admitted = { ...one, admission, ahead: false };
    const { cot } = (await at('generate', one.problem, () => generate(capabilities.generate)(admitted, signal))) ?? {};
    count('taught');
    return cot !== undefined;
  };
  const emitted = await taughtOf(levelled, target, teach);
  return pilot.map((problem, index) => ({
    level: levelled[index]?.level ?? null,
    emitted: emitted.get(problem.id) ?? null,
    spent: spent.get(problem.id) ?? new Map(),
  }));
};

/** A stage's work on a problem, told as an engine tells it. What would be a dead letter of a run is null; all else rejects. */
const stages = (pilot: readonly Problem[], observe: Asking['observe']) => {
  const places = new Map(pilot.map(({ id }, offset) => [id, { partition: 0, offset, key: id }]));
  return async <Outputs extends object>(
    stage: string,
    { id }: Problem,
    work: () => Promise<Outputs>,
  ): Promise<Outputs | null> => {
    const place = { stage, ...(places.get(id) as { partition: number; offset: number; key: string }) };
    observe({ kind: 'taken', ...place });
    try {
      const outputs = await work();
      observe({ kind: 'completed', ...place, ports: portsOf(outputs) });
      return outputs;
    } catch (error) {
      const { disposition, code } = error as { readonly disposition?: unknown; readonly code?: unknown };
      if (disposition !== 'dead-letter') throw error;
      observe({ kind: 'dead-letter', ...place, code: String(code), message: messageOf(error), taken: true });
      return null;
    }
  };
};

const portsOf = (outputs: object): string[] =>
  Object.entries(outputs).flatMap(([port, made]) => (made === undefined ? [] : [port]));

/** By the problem's id, whether the teacher solved it: as many at once as the target still wants of a level. */
const taughtOf = async (
  levelled: readonly (Levelled | null)[],
  target: Target,
  teach: (one: Levelled, admission: number) => Promise<boolean>,
): Promise<Map<string, boolean>> => {
  const emitted = new Map<string, boolean>();
  const queueOf = (one: Level) => (target.natural ? target.queues[0] : target.queues[hardness[one]]);
  const waiting = Map.groupBy(
    levelled.filter((one) => one !== null),
    (one) => queueOf(one.level),
  );
  let admission = 0;
  await Promise.all(
    [...waiting].map(async ([queue, all]) => {
      if (!queue || queue.share === 0) return;
      let wanted = target.records === null ? all.length : queue.quota;
      for (let from = 0; wanted > 0 && from < all.length; ) {
        const some = all.slice(from, from + wanted);
        from += some.length;
        const ends = await Promise.all(some.map((one) => teach(one, admission++)));
        for (const [index, one] of some.entries()) emitted.set(one.problem.id, ends[index] ?? false);
        wanted -= ends.filter(Boolean).length;
      }
    }),
  );
  return emitted;
};

/** The same models, whose replies are counted by problem and row. */
const metered = (
  wiring: Wiring,
  spent: Map<string, Map<string, Spending>>,
  { now, signal }: Pick<Asking, 'now' | 'signal'>,
): Wiring => {
  const { settings, models } = wiring;
  const { student } = settings.config;
  const counting =
    <Request extends { readonly problem: string }, Reply extends { usage: Usage; journaled: boolean } | undefined>(
      stage: PaidStage,
      { model, ...prices }: Prices & { readonly model: string },
      ask: (request: Request, signal: AbortSignal) => Promise<Reply>,
    ) =>
    async (request: Request, signal: AbortSignal): Promise<Reply> => {
      const began = now();
      const reply = await ask(request, signal);
      if (reply === undefined) return reply;
      const rows = spent.get(request.problem) ?? new Map<string, Spending>();
      spent.set(request.problem, rows);
      const row = rowName({ stage, model });
      const spending = spendingOf(reply.usage, prices, reply.journaled ? null : (now() - began) / 1000);
      const before = rows.get(row);
      rows.set(row, before ? addSpending(before, spending) : spending);
      return reply;
    };
  /** What was asked for a vote already is asked for no second time. */
  const voted = new Set<string>();
  const notVoted: typeof counting = (stage, row, ask) => {
    const counted = counting(stage, row, ask);
    return (request, ended) => {
      const { problem, sample } = request as { readonly problem: string; readonly sample?: number };
      return voted.has(`${problem}/${sample}`) ? ask(request, ended) : counted(request, ended);
    };
  };
  const scorer = (domain: string): Scorer => {
    const found = models.scorer(domain);
    const config = scorerFor(settings.config, domain, settings.domains);
    if (found.kind === 'tests' || !config || config.kind === 'tests') return found;
    return { ...found, score: counting('score', { model: nameOf(config), price: config.price }, found.score) };
  };
  const teachers = teachersOf(settings.config).map(([, one], index) => {
    const taught = { model: nameOf(one), price: one.price, batch: one.batch };
    const { teacher, recall, recorded } = models.teachers[index] as TeacherModel;
    const count = index === 0 ? notVoted : counting;
    const recalled = count('generate', taught, (request: ChatRequest, _: AbortSignal) => recall(request));
    return {
      recorded,
      teacher: teacher && count('generate', taught, teacher),
      recall: (request: ChatRequest) => recalled(request, signal),
    };
  });
  const { voter } = models;
  const voting = { model: nameOf(settings.config.teacher), price: settings.config.teacher.price };
  return {
    ...wiring,
    models: {
      ...models,
      student:
        models.student &&
        counting('grade', { model: nameOf(student), price: student.price, batch: student.batch }, models.student),
      voter:
        voter &&
        counting('grade', voting, (request: ChatRequest, ended: AbortSignal) => {
          voted.add(`${request.problem}/${request.sample}`);
          return voter(request, ended);
        }),
      teachers,
      scorer,
    },
  };
};

type Prices = { readonly price: Price; readonly batch?: Parameters<typeof batchPrice>[0]['batch'] };

const spendingOf = (usage: Usage, prices: Prices, seconds: number | null): Spending => {
  const { cost } = costOf(paidPrice(prices), usage);
  const batchCost = costOf(batchPrice(prices), usage).cost;
  const { promptTokens, completionTokens, cachedTokens = 0, reasoningTokens = 0 } = usage;
  const tokens = { promptTokens, completionTokens, cachedTokens, reasoningTokens };
  return { calls: 1, ...tokens, cost, batchCost, seconds };
};
