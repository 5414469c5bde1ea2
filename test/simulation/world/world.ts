import { isOutOfBudget } from '../../../llm/errors.ts';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { Codec } from '../../../runtime/topology.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import type { Problem } from '../../../schemas/types.ts';
import { adaptiveCot } from '../../../topologies/adaptive-cot.ts';
import { begin, fakeCapabilities, fakeModel, problem } from '../../helpers/flow.ts';
import { makeKafkaCluster } from '../kafka/cluster.ts';
import { atEnd, atLook, atRefusal, atSend, moneyLeft } from '../laws.ts';
import type { Cluster, ClusterSettings, Life } from './cluster.ts';
import { makeMemoryCluster } from './memory-cluster.ts';
import type { Disturbance, Scenario } from './scenario.ts';
import { type ModelServer, makeServer } from './server.ts';
import { makeViewer, type Viewer } from './viewer.ts';
import { type VirtualTime, withVirtualTime } from './virtual-time.ts';
import { isWrongSetting, type Refused, work } from './worker.ts';

/** What a run of the world came to. */
export interface Outcome {
  /** Laws that were broken, in words; none where all hold. */
  readonly faults: readonly string[];
  /** How much time passed in the world, in milliseconds. */
  readonly passed: number;
  /** The records, each as its bytes in hex, sorted; the numbers of admissions, which follow the failures, are left out. */
  readonly emitted: {
    readonly cot: readonly string[];
    readonly rejected: readonly string[];
    readonly outcomes: readonly string[];
  };
}

/** A run that takes longer than this hangs, and so does one in which nothing was answered or committed for so long. */
const LONGEST = 3 * 24 * 3_600_000;
/** The first call that says nothing is waited for fifteen times its time-out: for more than four hours, at most. */
const LONGEST_STILL = 6 * 3_600_000;
const RESTART = 2000;
/** How often a live view looks. */
const LOOKS = 100;

/** A test's change of the transport, to see that the laws find it. */
export type Mutate = (transport: Transport) => Transport;

/** Runs the scenario until the run is complete, or longer than any run may take. The same seed gives the same. */
export const runWorld = (scenario: Scenario, mutate: Mutate = (transport) => transport): Promise<Outcome> =>
  withVirtualTime(async (time) => {
    const faults = new Set<string>();
    const say = (fault: string | null): void => {
      if (fault !== null && faults.size < 20) faults.add(fault);
    };
    const onError = (error: unknown): void => say(`unhandled: ${error instanceof Error ? error.message : error}`);
    process.on('unhandledRejection', onError);
    try {
      const emitted = await live(scenario, time, mutate, say);
      return { faults: [...faults], passed: time.now, emitted };
    } finally {
      process.off('unhandledRejection', onError);
    }
  });

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const live = async (scenario: Scenario, time: VirtualTime, mutate: Mutate, say: (fault: string | null) => void) => {
  const running = new Map<number, Running>();
  const operations = { any: 0, commit: 0, answer: 0 };
  let movedAt = 0;
  let over = 0;
  /** The money ended for a student: the run ends where it stands. */
  let broke = false;
  const kills = scenario.disturbances.filter((one) => one.kind === 'kill in');
  const settings: ClusterSettings = {
    ...{ time, chance: scenario.chance, partitions: scenario.partitions, maxMetadataBytes: scenario.maxMetadataBytes },
    operation: (life, kind) => {
      operations.any++;
      if (kind !== 'any') {
        operations[kind]++;
        movedAt = time.now;
      }
      if (life.number < 0) return { dies: false, effect: true };
      const isNow = (kill: (typeof kills)[number]) =>
        kill.operation === operations[kill.of] && (kill.of === 'any' || kill.of === kind);
      const kill = kills.find(isNow);
      if (kill) die(life);
      return { dies: kill !== undefined, effect: kill?.effect ?? true };
    },
  };
  const cluster = scenario.kafka ? makeKafkaCluster(settings, scenario.kafka) : makeMemoryCluster(settings);
  const server = makeServer(scenario, time, (sent) => say(atSend(scenario, cluster, server, sent)));

  const die = (life: Life): void => {
    const number = Number(life.worker);
    // What an ended process had still on its way is no process that could die.
    if (running.get(number)?.life !== life) return;
    life.dead = true;
    cluster.bury(life);
    running.delete(number);
    const { between, share } = scenario.chance;
    const about = ['restart', life.worker, life.number] as const;
    // On brokers it may take so long that others have its partitions by then.
    const longest = scenario.kafka && share('late', ...about) < 0.4 ? 20_000 : 2 * RESTART;
    setTimeout(() => start(number), between(1, longest, ...about));
  };
  const lives = new Map<number, number>();
  const start = (number: number): void => {
    if (broke) return;
    const life: Life = { worker: String(number), number: (lives.get(number) ?? 0) + 1, since: time.now, dead: false };
    lives.set(number, life.number);
    const stop = new AbortController();
    running.set(number, { life, stop });
    const begin = async () => {
      const transport = mutate(await cluster.open(life));
      try {
        return await work({ scenario, time, transport, server, life, stopping: stop.signal, refused });
      } finally {
        await transport.close();
      }
    };
    begin().then(
      (end) => {
        if (life.dead) return;
        running.delete(number);
        if (end === 'complete') over++;
        else setTimeout(() => start(number), RESTART);
      },
      (error: unknown) => {
        if (life.dead) return;
        running.delete(number);
        if (isOutOfBudget(error)) {
          broke = true;
          return;
        }
        if (isWrongSetting(error) && server.refuses) return mend(number);
        say(`a process ended with: ${error instanceof Error ? error.message : error}`);
        setTimeout(() => start(number), RESTART);
      },
    );
  };

  const refused = (one: Refused): void => say(atRefusal(scenario, server, one));

  /** The setting is mended when every process has stopped because of it. */
  const stopped: number[] = [];
  const mend = (number: number): void => {
    stopped.push(number);
    if (stopped.length < scenario.processes) return;
    server.refuses = false;
    for (const one of stopped) start(one);
  };

  const begun = async (): Promise<Viewer> => {
    const user = await cluster.open({ worker: 'user', number: -1, since: 0, dead: false });
    await fill(scenario, user);
    return makeViewer(user, cluster, idsOf(scenario), () => time.now);
  };
  const viewing = begun();
  void viewing.then(() => {
    for (let number = 0; number < scenario.processes; number++) start(number);
    for (const one of scenario.disturbances) disturb(one);
  });
  const disturb = (one: Disturbance): void => {
    if (one.kind === 'kill in') return;
    setTimeout(() => {
      if (one.kind === 'look') look();
      else if (one.kind === 'rebalance') cluster.rebalance(one.zombieFor);
      else if (one.kind === 'clock') time.stepWall(one.by);
      else if (one.kind === 'broker' || one.kind === 'compact') cluster.upset(one);
      else {
        const found = running.get(one.process);
        if (one.kind === 'stop') found?.stop.abort();
        else if (found) die(found.life);
        if (one.kind === 'lose disk') cluster.loseDisk(String(one.process));
      }
    }, one.at);
  };

  /** A view that waits for an answer asks no second time. */
  const looking = new Set<Life>();
  const look = () => {
    say(atLook(scenario, cluster));
    viewing.then((viewer) => viewer.look()).then(say, (error) => say(`status failed: ${inWords(error)}`));
    // Looking changes nothing, so nothing comes of it.
    for (const [life, transport] of cluster.living()) {
      if (looking.has(life)) continue;
      looking.add(life);
      lookFrom(transport)
        .catch(() => {})
        .finally(() => looking.delete(life));
    }
  };

  if (scenario.kafka?.watched) setInterval(look, LOOKS);

  const isOver = () => over === scenario.processes || (broke && running.size === 0);
  const isStill = () => time.now - movedAt > LONGEST_STILL;
  const end = await time.run(() => isOver() || isStill(), LONGEST);
  if (!isOver()) say(`the run ${end === 'late' ? 'takes longer than three days' : 'hangs'}`);
  const viewed = viewing
    .then((viewer) => viewer.lookAtEnd(!broke))
    .then(say, (error) => say(`status failed: ${inWords(error)}`));
  let isViewed = false;
  void viewed.then(() => {
    isViewed = true;
  });
  if ((await time.run(() => isViewed, time.now + 600_000)) !== 'over') say('status at the end does not come back');
  say(moneyLeft(scenario, cluster, server, broke));
  if (broke) say(atLook(scenario, cluster));
  else for (const fault of atEnd(scenario, cluster)) say(fault);
  for (const fault of await cluster.faults()) say(fault);
  cluster.close();
  return emittedOf(cluster);
};

const lookFrom = async (transport: Transport): Promise<void> => {
  for (const { stage } of topology.edges) {
    await Promise.all([
      transport.positions(stage),
      ...Array.from({ length: transport.partitions }, (_, partition) => transport.store(stage, partition)),
    ]);
  }
};

const topology = adaptiveCot(fakeCapabilities(fakeModel(() => '').model, fakeModel(() => '').model));

interface Running {
  readonly life: Life;
  readonly stop: AbortController;
}

const emittedOf = (cluster: Cluster): Outcome['emitted'] => {
  const bytes = <T extends { readonly admission: number }>(topic: string, codec: Codec<T>) =>
    cluster
      .records(topic)
      .map(({ value }) => Buffer.from(codec.encode({ ...codec.decode(value), admission: 0 })).toString('hex'))
      .sort();
  return {
    cot: bytes('cot', codecs.cot),
    rejected: bytes('rejected', codecs.rejected),
    outcomes: bytes('outcomes', codecs.outcome),
  };
};

/** The problems of the run, some of them twice, some with another reference, some where they do not belong. */
export const idsOf = ({ problems }: Scenario): string[] => Array.from({ length: problems }, (_, index) => `p${index}`);

export const isMisplaced = ({ chance, partitions }: Scenario, id: string): boolean =>
  partitions > 1 && chance.share('misplaced', id) < 0.05;

const fill = async (scenario: Scenario, user: Transport): Promise<void> => {
  const { chance, partitions } = scenario;
  const put = (one: Problem) => {
    const home = partitionOf(one.id, partitions);
    const partition = isMisplaced(scenario, one.id) ? (home + 1) % partitions : home;
    return { topic: 'problems', partition, key: one.id, value: codecs.problem.encode(one), headers: {} };
  };
  // Another producer's come last, when the partition of their key may have ended.
  const ids = idsOf(scenario);
  const [misplaced, others] = [true, false].map((is) => ids.filter((id) => isMisplaced(scenario, id) === is));
  for (const id of [...others!, ...misplaced!]) {
    const twice = chance.share('twice', id);
    await user.append([put(problem(id))]);
    if (twice < 0.1) await user.append([put(problem(id))]);
    else if (twice < 0.15) await user.append([put(problem(id, 'another'))]);
    if (twice > 0.95)
      await user.append([
        { topic: 'problems', partition: 0, key: 'bytes', value: Buffer.from('strange'), headers: {} },
      ]);
  }
  await begin(user, scenario.target);
};

export type { ModelServer };
