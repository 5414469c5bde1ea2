import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts } from '../../../deploy/broker/start.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import { type Collector, openCollector } from '../../helpers/otlp-collector.ts';
import { type Place, place, type Started } from '../../helpers/sluice.ts';
import { heldConfig, holdingServer } from '../holding-server.ts';

describeKafka('--listen on Kafka', (brokers) => {
  const prefix = `metrics-${randomUUID().slice(0, 8)}`;
  let models: Rehearsal;
  let held: Awaited<ReturnType<typeof holdingServer>>;
  let collector: Collector;
  let there: Place;
  let started: Started[] = [];

  beforeAll(async () => {
    models = await startRehearsal();
    held = await holdingServer(models.url, 30);
    collector = await openCollector();
    const telemetry = { otlp: collector.url, traced: 1, everySeconds: 1 };
    there = place({ ...heldConfig(held.url, held.url, { kind: 'kafka', brokers, prefix, partitions: 4 }), telemetry });
    there.write('first.jsonl', [...rehearsalProblems({ seed: 2, count: 1 })]);
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 60 })]);
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await collector.close();
    await held.close();
    await models.close();
    there.remove();
  });

  it('tells of each partition which process holds it and how far it is behind, and of rebalances', async () => {
    const urls = (await freePorts(2)).map((port) => `127.0.0.1:${port}`);
    // Before there is much to do, so that no call is out when the partitions are shared out.
    await there.run('ingest', 'first.jsonl');
    const stages = 'grade,score,level,sample,generate';
    started = [there.start('run', '--stages', stages, '--listen', urls[0]!)];
    started.push(there.start('run', '--stages', 'grade', '--listen', urls[1]!));
    const lags = (samples: readonly Sample[]) =>
      samples.filter(({ name, labels }) => name === 'sluice_partition_lag_records' && labels.stage === 'grade');
    let both: [readonly Sample[], readonly Sample[]] = [[], []];
    const scraped = async () => {
      both = [await scrape(urls[0]!), await scrape(urls[1]!)];
    };
    await until(async () => {
      await scraped();
      return both.every((samples) => lags(samples).length === 2);
    });
    // The student is held up after thirty calls: half of the problems stay undone, in one process or the other.
    await there.run('ingest', 'problems.jsonl');
    await until(() => held.held() > 0);
    await scraped();
    const grade = both.flatMap(lags);
    expect(grade.map(({ labels }) => `${labels.topic} ${labels.partition}`).sort()).toEqual(
      [0, 1, 2, 3].map((partition) => `problems ${partition}`),
    );
    const behind = grade.reduce((sum, { value }) => sum + value, 0);
    expect(behind).toBeGreaterThanOrEqual(25);
    expect(behind).toBeLessThanOrEqual(61);
    for (const samples of both) {
      const count = samples.find(({ name, labels }) => name === 'sluice_rebalances_total' && labels.stage === 'grade');
      expect(count?.value).toBeGreaterThanOrEqual(1);
    }
    const [first] = both;
    const sample = first.filter(({ name, labels }) => name.endsWith('lag_records') && labels.stage === 'sample');
    expect(new Set(sample.map(({ labels }) => labels.topic))).toEqual(new Set(['levelled', 'outcomes', 'control']));
    const committed = first.find(({ name }) => name === 'sluice_partition_last_commit_timestamp_seconds');
    expect(Math.abs(committed!.value - Date.now() / 1000)).toBeLessThan(600);
    expect(first.some(({ name }) => name === 'sluice_commit_duration_seconds_bucket')).toBe(true);

    const lagging = (name: string) => name === 'sluice_partition_lag_records';
    await until(() => processesOf(collector.metrics.filter((one) => lagging(one.name))).size === 2);
    await until(() => collector.spans.some(({ name }) => name === 'grade'));
    expect(collector.spans.filter(({ name }) => name === 'grade').length).toBeLessThanOrEqual(30);

    const file = readFileSync(join(there.folder, '.sluice', 'run.log.jsonl'), 'utf8');
    const events = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.some(({ event, stage, tasks }) => event === 'rebalanced' && stage === 'grade' && tasks)).toBe(true);
    // A broker that has only just started may be slow in keeping its first transactions.
    const isSlow = (message: string) => message.endsWith('tried until it works');
    const told = events.filter(({ event, level }) => event === 'transport' && level !== 'info');
    expect(told.filter(({ message }) => !isSlow(message))).toEqual([]);
    expect(file).not.toContain('kafkajs');
  });
});

const processesOf = (told: Collector['metrics']): ReadonlySet<unknown> =>
  new Set(told.map(({ resource }) => resource['service.instance.id']));

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What is served in Prometheus' text format; nothing where nobody serves yet. */
const scrape = async (address: string): Promise<Sample[]> => {
  const text = await fetch(`http://${address}/metrics`).then(
    (response) => response.text(),
    () => '',
  );
  return [...text.matchAll(/^([a-z_]+)\{(.*)\} (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text])),
    value: Number(value),
  }));
};
