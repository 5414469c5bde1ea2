import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import type { LocalCluster } from '../../../../deploy/broker/start.ts';
import type { Status } from '../../../../flow/status/status.ts';
import { hasTerminal, sluiceInTerminal } from '../../../cli/terminal/in-terminal.ts';
import { type CountingProxy, startCounting } from '../../../helpers/kafka/counting-proxy.ts';
import { flowWorker } from '../../../helpers/kafka/flow-worker.ts';
import { judgedSums, type SumsPlace } from '../../../helpers/kafka/judging/judged-sums.ts';
import { startJars } from '../../../helpers/kafka/local.ts';
import { type FaultyProxy, isDecision, startProxy } from '../../../helpers/kafka/proxy.ts';
import { recordedPlace } from '../../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { until } from '../../../helpers/kafka/world.ts';
import { sluiceHere } from '../../../helpers/sluice-here.ts';

const usable = hasTerminal && (await canRunKafka());
const problems = 90;
/** Longer than a session, a transaction and a request may take. */
const OUTAGE_MILLISECONDS = 12_000;
const IDLE_SECONDS = 3;
/** Kafka protocol guide, "API Keys". */
const HEARTBEAT = 12;

describeKafka('processes between which and the broker there is a network', () => {
  let network: FaultyProxy;
  let counter: CountingProxy;
  let cluster: LocalCluster;
  beforeAll(async () => {
    if (!usable) return;
    [network, counter] = [await startProxy(), await startCounting()];
    cluster = await startJars(1, {
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${network.port}`,
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
    });
    network.target = counter.port;
    counter.target = cluster.nodes[0]!.port;
  });
  afterAll(async () => {
    network?.close();
    counter?.close();
    await cluster?.stop();
  });

  it.skipIf(!usable)(
    'lose and double nothing where it is slow, cut and half open, and whoever looks sees the run go on',
    { timeout: 300_000 },
    async () => {
      let over = 0;
      const settings = { brokers: [`127.0.0.1:${network.port}`], replicationFactor: 1, problems };
      const found = await judgedSums({ ...settings, pace: () => (over + 1) / 4 }, (place) =>
        disturbed(place, network, () => {
          over++;
        }),
      );
      const { ended, helper, seen } = found.driven;
      expect([0, 3], helper.stderr).toContain(helper.code);
      expect([0, 3]).toContain(ended);
      expect(found.broken).toEqual([]);
      expect(found.copies).toEqual([]);
      expect(found.counted).toEqual(found.recounted);
      for (const { faults, counts } of [seen.status, seen.view]) {
        expect(faults).toEqual([]);
        expect(counts).toEqual(counts.toSorted((one, other) => one - other));
        expect(counts.at(-1)).toBeLessThanOrEqual(found.judged.cot.length);
        expect(new Set(counts).size).toBeGreaterThan(3);
      }
    },
  );

  it.skipIf(!usable)('ask the broker for little while there is nothing to do', { timeout: 120_000 }, async () => {
    const brokers = [`127.0.0.1:${network.port}`];
    const there = recordedPlace(5, { brokers, prefix: 'idle', partitions: 8 });
    const started = ['pod-0', 'pod-1'].map((instance) =>
      there.start('run', '--follow', '--set', `transport.instanceId=${instance}`, '--set', `output.dir=${instance}`),
    );
    try {
      await until(async () => {
        const { code, stdout } = await there.runHere('status', '--json');
        return code === 0 && (JSON.parse(stdout) as Status).states.emitted === 5;
      });
      // First they share out the partitions. From then on each is a member of five groups and waits at the broker for
      // what is new; a busy machine makes that less, never more.
      const perSecond = async (): Promise<readonly [heartbeats: number, others: number]> => {
        const before = new Map(counter.requests);
        await sleep(1_000 * IDLE_SECONDS);
        const sent = [...counter.requests].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
        const each = (some: typeof sent) => total(some.map(([, count]) => count)) / started.length / IDLE_SECONDS;
        return [each(sent.filter(([kind]) => kind === HEARTBEAT)), each(sent.filter(([kind]) => kind !== HEARTBEAT))];
      };
      await until(async () => {
        const [heartbeats, others] = await perSecond();
        return heartbeats < 15 && others < 12;
      });
    } finally {
      await Promise.all(started.map((one) => one.kill()));
      there.remove();
    }
  });
});

const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

interface Seen {
  /** How many were emitted, at one look after another. */
  readonly counts: readonly number[];
  readonly faults: readonly string[];
}

/** One process in a terminal, one beside it, and somebody who looks all the while. */
const disturbed = async ({ folder, server }: SumsPlace, network: FaultyProxy, over: () => void) => {
  const main = sluiceInTerminal(['run', '--set', 'transport.instanceId=main'], {
    cwd: folder,
    columns: 100,
    env: { SLUICE_WORKER: 'main', NO_COLOR: '1' },
  });
  const helper = flowWorker(folder, 'helper', 'grade,score,level,generate');
  const looking = new AbortController();
  const looks = Promise.all([byStatus(folder, looking.signal), onScreen(main.lines, looking.signal)]);
  try {
    await server.when((calls) => calls.length > 20);
    network.delay = 50;
    await sleep(4_000);
    over();
    for (const fail of [network.cut, network.freeze]) {
      await network.before(isDecision, fail);
      await sleep(OUTAGE_MILLISECONDS);
      network.mend();
      over();
      await sleep(2_000);
      network.delay = 0;
    }
    const ends = await Promise.all([main.ended, helper.ended()]);
    looking.abort();
    const [status, view] = await looks;
    return { ended: ends[0], helper: ends[1], seen: { status, view } };
  } finally {
    looking.abort();
    main.kill();
    await helper.kill();
  }
};

const byStatus = async (folder: string, over: AbortSignal): Promise<Seen> => {
  const [counts, faults]: [number[], string[]] = [[], []];
  while (!over.aborted) {
    const { code, stdout, stderr } = await sluiceHere(['status', '--json'], { cwd: folder });
    if (code === 0) counts.push((JSON.parse(stdout) as Status).states.emitted);
    // In an outage one may be told so; at first there is nothing to look at.
    else if (code !== 2 || counts.length > 0) {
      if (!/^reaching Kafka at .*\n$/.test(stderr)) faults.push(stderr);
    }
    await sleep(500);
  }
  return { counts, faults };
};

const onScreen = async (lines: () => readonly string[], over: AbortSignal): Promise<Seen> => {
  const counts: number[] = [];
  while (!over.aborted) {
    const told = /^sums {2}\w+ {2}([\d,]+) of/m.exec(lines().join('\n'))?.[1];
    if (told !== undefined) counts.push(Number(told.replaceAll(',', '')));
    await sleep(200);
  }
  return { counts, faults: [] };
};
