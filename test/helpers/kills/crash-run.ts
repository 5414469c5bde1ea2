import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, ModelServer } from '../models/model-server.ts';
import type { Ended, Place, Started } from '../sluice.ts';

/**
 * How long an answer may have been out when the process died without being durable yet: a commit interval, with the
 * delays of a machine on which others are busy too.
 */
const COMMIT_INTERVAL_MILLISECONDS = 1000;

/** A run that gets neither to the moment nor to its end within this time has lost something. */
const LONGEST_WAIT_MILLISECONDS = 5 * 60_000;

/** When to kill: at the first moment when this holds while requests are open. */
export interface Moment {
  readonly stage: string;
  readonly reached: (server: ModelServer, there: Place) => boolean;
}

/** One kill, by the server's own count. */
export interface Kill {
  readonly stage: string;
  readonly at: number;
  /** How many calls there were, ever. */
  readonly calls: number;
  /** Requests that were unanswered at the kill. */
  readonly open: number;
  /** Requests answered within one commit interval before it. */
  readonly justAnswered: number;
}

export interface Survived {
  readonly kills: readonly Kill[];
  readonly last: Ended;
  /** Lines of the products that do not parse although a start came after them. */
  readonly halfLines: readonly string[];
}

/**
 * Gives the same command again and again and kills it at each moment; then lets it end. After each kill a half line is
 * put at the end of the products, as a crash in the middle of a write would leave it: the next start has to take it off.
 */
export const runWithKills = async (
  there: Place,
  server: ModelServer,
  moments: readonly Moment[],
): Promise<Survived> => {
  const kills: Kill[] = [];
  const halfLines: string[] = [];
  for (const { stage, reached } of moments) {
    const started = there.start('run');
    const before = server.calls.length;
    const isThere = () => server.inFlight() > 0 && reached(server, there);
    const late = await within(LONGEST_WAIT_MILLISECONDS, Promise.race([server.when(isThere), started.ended]));
    if (late) await started.kill();
    if (!started.running()) break;
    kills.push(killNow(stage, server));
    await started.kill();
    if (server.calls.length > before) halfLines.push(...brokenLines(there));
    plantHalfLine(there);
  }
  const last = await endOf(there.start('run', '--json'));
  return { kills, last, halfLines: [...halfLines, ...brokenLines(there)] };
};

/** A run that does not end is killed after a while, and has no exit code. */
const endOf = async (started: Started): Promise<Ended> => {
  if (await within(LONGEST_WAIT_MILLISECONDS, started.ended)) await started.kill();
  return started.ended;
};

/** Waits, but not longer than this; says whether it was too long. */
const within = async (milliseconds: number, waited: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), milliseconds);
  });
  const isLate = await Promise.race([late, waited.then(() => false)]);
  clearTimeout(timer);
  return isLate;
};

/** What came again after a kill, against what guarantee 2 allows. */
export const sentAgain = (kills: readonly Kill[], calls: readonly Call[]) => ({
  requests: calls.length - new Set(calls.map((call) => call.key)).size,
  allowed: kills.reduce((all, { open, justAnswered }) => all + open + justAnswered, 0),
  /** Milliseconds between an answer and the kill that made it be asked for again: the longest. */
  oldest: Math.round(
    Math.max(0, ...kills.flatMap((kill, index) => agesOfLost(kill, kills[index - 1]?.calls ?? 0, calls))),
  ),
});

/** Of each request of the killed process whose answer it took and that came again after it: how old the answer was. */
const agesOfLost = (kill: Kill, from: number, calls: readonly Call[]): number[] => {
  const again = new Set(calls.slice(kill.calls).map((call) => call.key));
  return calls
    .slice(from, kill.calls)
    .filter(({ key, status, heard }) => status === 200 && heard && again.has(key))
    .map(({ answered }) => kill.at - (answered ?? kill.at));
};

const killNow = (stage: string, { calls, inFlight }: ModelServer): Kill => {
  const at = performance.now();
  const recent = (call: Call) => call.answered !== null && call.answered > at - COMMIT_INTERVAL_MILLISECONDS;
  return { stage, at, calls: calls.length, open: inFlight(), justAnswered: calls.filter(recent).length };
};

const products = ['cot.jsonl', 'rejected.jsonl'];
const half = '{"id":"half';

const plantHalfLine = ({ folder }: Place): void => {
  for (const file of products) {
    const path = join(folder, 'out', file);
    if (existsSync(path)) appendFileSync(path, half);
  }
};

/** All but the last piece of a file are whole lines, whenever it is looked at; the last may be in the making. */
const brokenLines = ({ folder }: Place): string[] =>
  products
    .map((file) => join(folder, 'out', file))
    .filter(existsSync)
    .flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(0, -1))
    .filter((line) => !parses(line));

const parses = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};
