import type { Mishap } from './faults.ts';

/** The server's own counts: what the client's may be held against. */
export interface RehearsalStats {
  /** Requests to models that arrived, refused ones among them. */
  readonly requests: number;
  /** Answers that were sent whole. */
  readonly answered: number;
  readonly byModel: Readonly<Record<string, ModelStats>>;
  readonly mishaps: Readonly<Partial<Record<Mishap, number>>>;
  /** Refusals: 400, 401. */
  readonly refused: number;
  /** Prompts without a known exercise. */
  readonly unknown: number;
  /** Requests for something that had been answered whole before. */
  readonly repeated: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Requests, answers and 429s by second since the first request. */
  readonly seconds: readonly { readonly requests: number; readonly answered: number; readonly shed: number }[];
}

export interface ModelStats {
  readonly requests: number;
  readonly answered: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Counts as requests come and go. */
export const counts = () => {
  const total = { requests: 0, answered: 0, refused: 0, unknown: 0, repeated: 0, inFlight: 0, maxInFlight: 0 };
  const byModel = new Map<string, Writable<ModelStats>>();
  const mishaps: Partial<Record<Mishap, number>> = {};
  const seconds: Writable<RehearsalStats['seconds'][number]>[] = [];
  const known = new Set<string>();
  let started: number | null = null;

  const now = (): Writable<RehearsalStats['seconds'][number]> => {
    started ??= performance.now();
    const second = Math.floor((performance.now() - started) / 1000);
    while (seconds.length <= second) seconds.push({ requests: 0, answered: 0, shed: 0 });
    return seconds[second]!;
  };

  const of = (model: string): Writable<ModelStats> => {
    let stats = byModel.get(model);
    if (stats === undefined) {
      stats = { requests: 0, answered: 0, promptTokens: 0, completionTokens: 0 };
      byModel.set(model, stats);
    }
    return stats;
  };

  return {
    /** Gives the request's running number, from 0. */
    arrived(): number {
      now().requests++;
      total.maxInFlight = Math.max(total.maxInFlight, ++total.inFlight);
      return total.requests++;
    },
    left(): void {
      total.inFlight--;
    },
    asked(model: string, identity: string): void {
      of(model).requests++;
      if (known.has(identity)) total.repeated++;
    },
    answered(model: string, identity: string, promptTokens: number, completionTokens: number): void {
      const stats = of(model);
      stats.answered++;
      stats.promptTokens += promptTokens;
      stats.completionTokens += completionTokens;
      total.answered++;
      now().answered++;
      known.add(identity);
    },
    mishap(kind: Mishap): void {
      mishaps[kind] = (mishaps[kind] ?? 0) + 1;
      if (kind === 'shed') now().shed++;
    },
    refused(): void {
      total.refused++;
    },
    unknown(): void {
      total.unknown++;
    },
    get inFlight(): number {
      return total.inFlight;
    },
    /** Milliseconds since the first request. */
    get elapsed(): number {
      return started === null ? 0 : performance.now() - started;
    },
    stats: (): RehearsalStats => ({
      ...total,
      byModel: Object.fromEntries([...byModel].map(([model, stats]) => [model, { ...stats }])),
      mishaps: { ...mishaps },
      seconds: seconds.map((second) => ({ ...second })),
    }),
  };
};

export type Counts = ReturnType<typeof counts>;
