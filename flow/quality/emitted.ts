import { levels } from '../../schemas/hardness.ts';
import type { Cot, Level } from '../../schemas/types.ts';
import type { Lengths, Part, Spread } from './measures.ts';

/** Looks at what was emitted, trace by trace; of the texts only the beginnings of some are kept. */
export const emittedCounter = (isContaminated: (record: Cot) => boolean) => {
  const tokens = new Map<Level, number[]>();
  const beginnings: string[] = [];
  const found = { records: 0, contaminated: 0, traces: 0, withoutReasoning: 0 };
  const takeTrace = (
    record: Cot,
    { sample, reasoning, answer }: Pick<Cot, 'sample' | 'reasoning' | 'answer'>,
  ): void => {
    found.traces++;
    if (reasoning.trim() === '') found.withoutReasoning++;
    if (beginnings.length < MOST_READ) beginnings.push((reasoning.trim() || answer).slice(0, BEGINNING));
    const spent = record.attempts.find((one) => one.sample === sample)?.completionTokens ?? 0;
    const ofLevel = tokens.get(record.level);
    if (ofLevel) ofLevel.push(spent);
    else tokens.set(record.level, [spent]);
  };
  return {
    take: (record: Cot): void => {
      found.records++;
      if (isContaminated(record)) found.contaminated++;
      for (const trace of [record, ...record.others]) takeTrace(record, trace);
    },
    now: async (languages: boolean) => ({
      traces: found.traces,
      withoutReasoning: { count: found.withoutReasoning, of: found.traces } satisfies Part,
      contaminated: { count: found.contaminated, of: found.records } satisfies Part,
      languages: !languages || found.traces < LEAST_READ ? {} : await languagesIn(beginnings),
      lengths: lengthsOf([...tokens.values()].flat()),
      tokens: Object.fromEntries(
        levels.flatMap((level) => (tokens.has(level) ? [[level, spreadOf(tokens.get(level) ?? [])]] : [])),
      ) as Partial<Record<Level, Spread>>,
    }),
  };
};

/** Of fewer traces no language is told. */
const LEAST_READ = 50;
const MOST_READ = 500;
const BEGINNING = 2000;

/** How many texts are in which language, by the most of their pieces; those where it is not clear are left out. */
const languagesIn = async (texts: readonly string[]): Promise<Record<string, number>> => {
  const { languagesOf } = await import('./trace/languages.ts');
  const found: Record<string, number> = {};
  for (const text of texts) {
    const [most] = [...languagesOf(text)].sort(([, a], [, b]) => b - a);
    if (most) found[most[0]] = (found[most[0]] ?? 0) + 1;
  }
  return found;
};

/** Each bound is twice the one before: 32, 64 … 65,536; what is longer is in the last. */
const BOUNDS = Array.from({ length: 12 }, (_, power) => 32 * 2 ** power);

const lengthsOf = (numbers: readonly number[]): Lengths => {
  const histogram = BOUNDS.map(() => 0);
  for (const one of numbers) {
    const bin = BOUNDS.findIndex((bound) => one <= bound);
    const at = bin < 0 ? BOUNDS.length - 1 : bin;
    histogram[at] = (histogram[at] ?? 0) + 1;
  }
  return { upTo: BOUNDS, histogram };
};

const spreadOf = (numbers: readonly number[]): Spread => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p90: at(0.9), max: sorted.at(-1) ?? 0 };
};
