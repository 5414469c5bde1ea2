import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalCluster } from '../../../deploy/broker/start.ts';
import type { ModelServer } from '../models/model-server.ts';
import type { Ended } from '../sluice.ts';
import { type FlowWorker, flowWorker } from './flow-worker.ts';
import { type JudgedSums, judgedSums, type SumsPlace } from './judging/judged-sums.ts';
import { lossBook } from './judging/loss-book.ts';
import { type TransactionWatch, watchTransactions } from './judging/open-transactions.ts';

export interface KillFlow {
  readonly cluster: LocalCluster;
  readonly kills: number;
  readonly brokerKills: number;
  /** How many of the processes that are killed first lose their disks with that. */
  readonly wipes?: number;
  /** How many processes work; six where it is left out. */
  readonly processes?: number;
  /** How long a worker that comes back late is away, and how long one is stopped: both longer than its session. */
  readonly lateMilliseconds: number;
  readonly stopMilliseconds: number;
  /** Variables that the processes get. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What goes on beside it, in the run's folder, from its begin to its end. */
  readonly beside?: (folder: string) => { stop(): Promise<void> };
}

export interface KilledFlow {
  /** Kills in the middle of a transaction, by its coordinator's word. */
  readonly inTransaction: number;
  /** Requests that may come again, by guarantee 2. */
  readonly mayComeAgain: number;
  readonly ends: readonly (Ended & { readonly instance: string })[];
}

const grading = 'grade,score,level';

/** Sums through processes that are killed, `kill -9`, as often as is said; judged at the end. */
export const killedSums = (problems: number, run: KillFlow): Promise<JudgedSums<KilledFlow>> => {
  let over = 0;
  const sums = {
    brokers: run.cluster.brokers,
    replicationFactor: run.cluster.nodes.length,
    problems,
    pace: () => (over + 1) / (run.kills + 1),
  };
  return judgedSums(sums, (place) =>
    killFlow(run, place, () => {
      over++;
    }),
  );
};

/**
 * Runs the flow as processes that are killed in turn, every fourth to come back late, and lets it end. One is
 * stopped for a while beside that, and comes back as a zombie.
 */
const killFlow = async (run: KillFlow, place: SumsPlace, killed: () => void): Promise<KilledFlow> => {
  const worker = (instance: string, stages: string) =>
    flowWorker(place.folder, instance, stages, { environment: run.environment });
  const first = [
    worker('main', 'ingest,sample,export'),
    worker('grader-a', grading),
    worker('generator-a', 'generate'),
  ];
  const second = [worker('standby', 'sample'), worker('grader-b', grading), worker('generator-b', 'generate')];
  const third = Array.from({ length: Math.max(0, (run.processes ?? 6) - 6) }, (_, index) =>
    index % 2 === 0 ? worker(`grader-${index + 3}`, grading) : worker(`generator-${index + 3}`, 'generate'),
  );
  const workers = [...first, ...second, ...third];
  const book = lossBook(place.server);
  const watch = watchTransactions(run.cluster.brokers);
  const zombies = new Set<FlowWorker>();
  const away: Promise<void>[] = [];
  let inTransaction = 0;
  let wiped = 0;

  const becomeZombie = async (one: FlowWorker): Promise<void> => {
    zombies.add(one);
    one.signal('SIGSTOP');
    book.lost(one);
    await sleep(run.stopMilliseconds);
    one.signal('SIGCONT');
    zombies.delete(one);
  };
  const killNext = async (kill: number): Promise<void> => {
    const turn = workers.map((_, index) => workers[(kill + index) % workers.length]!);
    const victim = turn.find((one) => one.running() && !zombies.has(one));
    if (victim === undefined) throw new Error('no worker is running any more');
    if (await stopInTransaction(victim, watch, place.scope)) inTransaction++;
    book.lost(victim);
    await victim.kill();
    if (wiped < (run.wipes ?? 0) && wipe(place, victim)) wiped++;
    if (kill % 4 === 2) away.push(sleep(run.lateMilliseconds).then(victim.start));
    else victim.start();
  };
  const beside = run.beside?.(place.folder);
  const killsOfEach = Math.ceil(run.kills / Math.max(1, run.brokerKills));
  let brokers = Promise.resolve();
  try {
    await place.server.when((calls) => calls.length > 30);
    for (let kill = 0; kill < run.kills; kill++) {
      await progress(place.server);
      await killNext(kill);
      killed();
      if (kill === 1) away.push(becomeZombie(second[2]!));
      if (run.brokerKills > 0 && kill % killsOfEach === 2) {
        brokers = brokers.then(() => {
          // Transactions whose coordinator dies may be over with it.
          for (const one of workers) book.lost(one);
          return killBroker(run.cluster, kill);
        });
      }
    }
    await Promise.all([...away, brokers]);
    const ends = await Promise.all(workers.map(async (one) => ({ ...(await one.ended()), instance: one.instance })));
    return { inTransaction, mayComeAgain: book.mayComeAgain(), ends };
  } finally {
    watch.close();
    await beside?.stop();
    await Promise.all(workers.map((one) => one.kill()));
  }
};

/** The process comes back with nothing of what it kept beside the topics; false where it had nothing yet. */
const wipe = ({ folder, scope }: SumsPlace, { instance }: FlowWorker): boolean => {
  const kept = join(folder, '.sluice', scope.slice(0, -1), instance);
  if (!existsSync(kept)) return false;
  rmSync(kept, { recursive: true });
  return true;
};

/** Some work is done, by processes that have come up meanwhile. */
const progress = async (server: ModelServer): Promise<void> => {
  const done = () => ['student', 'prm', 'teacher'].reduce((sum, model) => sum + server.different(model), 0);
  const from = done();
  await Promise.race([Promise.all([server.when(() => done() >= from + 30), sleep(500)]), sleep(10_000)]);
};

/**
 * Stops the process when its transaction is seen to be open, and looks again once everything that it sent has come:
 * where it is open still, a kill now is one in the middle of it. After a while stops it anyhow.
 */
const stopInTransaction = async (worker: FlowWorker, watch: TransactionWatch, scope: string): Promise<boolean> => {
  const isOpen = () => watch.isOpen(`${scope}${worker.instance}`);
  for (const until = Date.now() + CATCH_MILLISECONDS; Date.now() < until && worker.running(); ) {
    if (!(await isOpen())) continue;
    worker.signal('SIGSTOP');
    await sleep(40);
    if (await isOpen()) return true;
    worker.signal('SIGCONT');
  }
  worker.signal('SIGSTOP');
  return false;
};

const killBroker = async (cluster: LocalCluster, kill: number): Promise<void> => {
  const node = cluster.nodes[kill % cluster.nodes.length]!;
  const gone = new Promise((resolve) => node.process.once('exit', resolve));
  node.process.kill('SIGKILL');
  await gone;
  await sleep(4_000);
  await node.restart();
};

const CATCH_MILLISECONDS = 2_000;
