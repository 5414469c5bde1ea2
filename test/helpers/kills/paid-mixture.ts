import { type Call, type ModelServer, modelServer } from '../models/model-server.ts';
import { hashShare } from '../models/recorded-students.ts';
import { plainSums } from '../plain-sums.ts';
import { type Place, place } from '../sluice.ts';
import { paidChat, paidConfig } from './paid-run.ts';

const problems = 90;
const records = 45;
/** 45 over 2 : 1 and 1 : 2 comes out even. */
export const mixtureQuotas = { first: { easy: 10, level_1: 20 }, second: { easy: 5, level_1: 10 } };

/** The data set that a call is about: the numbers of the second begin behind the first's. */
const partOf = ({ text }: Call): string => (Number(/\d+/.exec(text)?.[0]) < problems ? 'first' : 'second');

/** A teacher that fails on a fixed sixth of the problems: places are filled by those that come after. */
const isHopeless = ({ model, text }: Call): boolean => model === 'teacher' && hashShare(`teacher ${text}`) < 1 / 6;
const chat = (call: Call) =>
  isHopeless(call) ? { ...paidChat(call), content: 'It is \\boxed{nothing}.' } : paidChat(call);

export const mixtureServer = (): Promise<ModelServer> =>
  modelServer({ chat, score: ({ steps }) => steps.map(() => 0.1), latency: () => 20 });

/** Two data sets of 90 problems each, of which a target wants 30 and 15; `parts` is what they may cost. */
export const mixtureConfig = (server: ModelServer, parts?: object, transport?: object) => ({
  ...paidConfig(server, {
    concurrency: 8,
    target: { records, distribution: { easy: 1, level_1: 2 }, by: { source: { first: 2, second: 1 } } },
    budget: { cost: 100, ...(parts && { parts }) },
    ...(transport && { transport }),
  }),
  problems: [
    { path: 'first.jsonl', dataset: 'first' },
    { path: 'second.jsonl', dataset: 'second' },
  ],
});

export const mixturePlace = (config: object): Place => {
  const there = place(config);
  there.write('first.jsonl', plainSums(problems));
  there.write('second.jsonl', plainSums(problems, problems));
  return there;
};

/** What was emitted, by data set and level. */
export const mixtureOf = (there: Place) => {
  const found: Record<string, Record<string, number>> = {};
  for (const { source, level } of there.lines<{ source: { dataset: string }; level: string }>('cot.jsonl')) {
    const part = found[source.dataset] ?? {};
    found[source.dataset] = { ...part, [level]: (part[level] ?? 0) + 1 };
  }
  return found;
};

/** The teacher's calls about a data set. */
export const taughtOf = ({ calls }: ModelServer, part: string): readonly Call[] =>
  calls.filter((call) => call.model === 'teacher' && partOf(call) === part);
