import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** So many of the next places in a server's schedule, for calls of so many tokens each. */
export interface Claim {
  readonly calls: number;
  readonly tokens: number;
  /** What earlier calls came to beyond what they were claimed for. */
  readonly correction: number;
}

/** Where the claims on one server's rate are made, in one order that all see. */
export interface Claims {
  /** Resolves when this claim and all before it were applied. */
  make(claim: Claim): Promise<void>;
  /** Takes notice of what others claimed. */
  look(): Promise<void>;
  /** How long others' claims from before may still be at work, in milliseconds, once these are read; 0 with no others. */
  join(): Promise<number>;
}

export type OpenClaims = (server: string, apply: (claim: Claim, isOwn: boolean) => void) => Claims;

/** Of a process that has the server for itself. */
export const ownClaims: OpenClaims = (_server, apply) => ({
  make: async (claim) => apply(claim, true),
  look: async () => {},
  join: async () => 0,
});

/** A table that many processes write. */
export interface ClaimTable {
  /** Resolves when the entry is durable. */
  put(key: string, value: Uint8Array): Promise<void>;
  /** Some of what was put since the last call, by whomever, in the one order that all see; none at the end. */
  news(): Promise<readonly (readonly [key: string, value: Uint8Array])[]>;
}

const entrySchema = z.object({
  life: z.string(),
  number: z.int(),
  calls: z.int().min(0).max(100_000),
  tokens: z.number().nonnegative(),
  correction: z.number(),
});

const PREFIX = 'rate/';
/** Nobody claims places that are further ahead. */
const AHEAD_MILLISECONDS = 1000;

/**
 * Of the processes of a run. Each claims places by a record in a log, and all deal them out in its order: so they keep one
 * schedule together, each by its own monotonic clock, and no two clocks are compared. What a process claimed when it died
 * is lost, and is less than a second of the rate.
 */
export const sharedClaims = (table: ClaimTable, worker: string): OpenClaims => {
  const life = randomUUID();
  const servers = new Map<string, (entry: z.output<typeof entrySchema>) => void>();
  let reading: Promise<void> | null = null;
  let hasJoined: Promise<void> | null = null;

  const read = async (heed: boolean): Promise<void> => {
    for (;;) {
      const news = await table.news();
      if (news.length === 0) return;
      for (const [key, value] of heed ? news : []) {
        if (!key.startsWith(PREFIX)) continue;
        const entry = entryOf(value);
        if (entry !== null) servers.get(key.slice(PREFIX.length, key.lastIndexOf('/')))?.(entry);
      }
    }
  };

  const look = (): Promise<void> => {
    reading ??= read(true).finally(() => {
      reading = null;
    });
    return reading;
  };

  return (server, apply) => {
    let made = 0;
    let seen = 0;
    servers.set(server, ({ life: of, number, calls, tokens, correction }) => {
      if (of === life) seen = Math.max(seen, number);
      apply({ calls, tokens, correction }, of === life);
    });
    return {
      make: async (claim) => {
        const number = ++made;
        const value = Buffer.from(JSON.stringify({ life, number, ...claim }));
        await table.put(`${PREFIX}${server}/${worker}`, value);
        while (seen < number) await look();
      },
      look,
      join: async () => {
        hasJoined ??= read(false);
        await hasJoined;
        return AHEAD_MILLISECONDS;
      },
    };
  };
};

/** A stranger's bytes claim nothing. */
const entryOf = (value: Uint8Array) => {
  try {
    return entrySchema.parse(JSON.parse(Buffer.from(value).toString()));
  } catch {
    return null;
  }
};
