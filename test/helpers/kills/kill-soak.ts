import type { ModelServer } from '../models/model-server.ts';
import { faultsOf, storedStates } from '../oracles/stored-states.ts';
import type { Place } from '../sluice.ts';
import { type Moment, runWithKills, sentAgain } from './crash-run.ts';

export interface KillSoak {
  readonly title: string;
  readonly server: ModelServer;
  readonly run: string;
  readonly models: readonly string[];
  readonly kills: number;
  readonly seed: number;
  /** Makes a fresh folder with the same configuration and problems. */
  readonly prepare: () => Place;
}

/**
 * Runs once whole and once with as many kills, spread over the work at seeded moments; prints what came of it as a
 * table, and leaves exit code 1 where a law is broken.
 */
export const killSoak = async (soak: KillSoak): Promise<void> => {
  const { server, run } = soak;
  const whole = soak.prepare();
  const broken = soak.prepare();
  try {
    await whole.run('run');
    const needed = server.calls.length;
    server.reset();
    const began = performance.now();
    const { kills, last, halfLines } = await runWithKills(broken, server, momentsOf(soak, needed));
    const minutes = (performance.now() - began) / 60_000;
    const again = sentAgain(kills, server.calls);
    const rows = {
      kills: kills.length,
      'exit code at last': last.code,
      'records emitted': idsOf(broken).length,
      'requests of an uninterrupted run': needed,
      'requests with kills': server.calls.length,
      'sent again': again.requests,
      'sent again, allowed': again.allowed,
      'oldest answer asked for again, ms': again.oldest,
      minutes: minutes.toFixed(1),
    };
    const laws = {
      'every kill came': kills.length === soak.kills,
      'the last start ends well': last.code === 0,
      'the same ids': JSON.stringify(idsOf(broken)) === JSON.stringify(idsOf(whole)),
      'each problem in one state': faultsOf(storedStates(broken.store, run)).length === 0,
      'no half line': halfLines.length === 0,
      'sent again within the bound': again.requests > 0 && again.requests <= again.allowed,
    };
    print(soak.title, { ...rows, ...laws });
    if (Object.values(laws).includes(false)) process.exitCode = 1;
  } finally {
    whole.remove();
    broken.remove();
    await server.close();
  }
};

/** One kill in each equal part of the work, somewhere within it. */
const momentsOf = ({ kills, models, seed }: KillSoak, needed: number): Moment[] => {
  const random = linear(seed);
  return Array.from({ length: kills }, (_, index) => {
    const at = ((index + random()) / (kills + 1)) * needed;
    const done = (server: ModelServer) => models.reduce((sum, model) => sum + server.different(model), 0);
    return { stage: 'any', reached: (server) => done(server) > at };
  });
};

/** Numerical Recipes' linear congruential generator: enough to spread moments, and the same every time. */
const linear = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

const idsOf = (there: Place): string[] =>
  there
    .lines<{ id: string }>('cot.jsonl')
    .map(({ id }) => id)
    .sort();

const print = (title: string, rows: Readonly<Record<string, unknown>>): void => {
  console.log(`| ${title} | |\n|---|---|`);
  for (const [name, value] of Object.entries(rows)) {
    console.log(`| ${name} | ${value === true ? 'holds' : value === false ? '**broken**' : value} |`);
  }
};
