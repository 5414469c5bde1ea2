import { randomUUID } from 'node:crypto';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { canRunKafka } from '../../../deploy/broker/jars.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import type { Planned } from '../../../runtime/transports/kafka/topics/planned.ts';
import { runTool } from '../../helpers/kafka/judging/judge.ts';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { type SecureBroker, startSecure } from '../../helpers/kafka/secure.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

const jars = await canRunKafka();
const password = 'worker-secret';

describeKafka('sluice topics apply --print', () => {
  const prefix = `printed-${randomUUID().slice(0, 8)}`;
  let broker: SecureBroker;
  let models: Rehearsal;
  let there: Place;
  const sluice = (...args: string[]) => sluiceHere(args, { cwd: there.folder, env: { PASSWORD: password } });
  const printed = async (format: string, ...more: string[]): Promise<string> => {
    const { code, stdout, stderr } = await sluice('topics', 'apply', '--print', format, '--user', 'worker', ...more);
    expect(code, stderr).toBe(0);
    return stdout;
  };

  beforeAll(async () => {
    if (!jars) return;
    models = await startRehearsal();
    broker = await startSecure();
    there = place(configOf(models.url, broker.sasl, prefix));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 20 })]);
  });
  afterAll(async () => {
    there?.remove();
    await models?.close();
    await broker?.stop();
  });

  it.skipIf(!jars)('gives all that a user needs who may make nothing', { timeout: 120_000 }, async () => {
    const { topics, rights } = JSON.parse(await printed('json', '--mirror')) as Planned;
    await make(broker.brokers, topics, rights);
    const { code, stdout, stderr } = await sluice('run', '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ stopped: 'target', states: { emitted: 5 } });
    const mirror = await sluice('topics', 'mirror');
    expect([mirror.code, mirror.stdout], mirror.stderr).toEqual([0, `${prefix}.run.cot-json: 5 records more\n`]);
    // All that it was given is of this prefix alone.
    const admin = plainClient(broker.brokers).admin();
    await admin.connect();
    const { resources } = await admin.describeAcls(anyAcl);
    await admin.disconnect();
    const worker = resources.filter(({ acls }) => acls.some(({ principal }) => principal === 'User:worker'));
    expect(worker.map(({ resourceName }) => resourceName).sort()).toEqual(rights.map(({ name }) => name).sort());
    expect(worker.every(({ resourceName }) => resourceName.startsWith(prefix))).toBe(true);
  });

  it.skipIf(!jars)('says it in Kafka’s own commands, which make the same', { timeout: 120_000 }, async () => {
    const lines = (await printed('commands')).trim().split('\n');
    const wanted = lines.find((line) => line.includes(`--topic ${prefix}.run.settings `))!;
    const other = wanted
      .replaceAll(`${prefix}.run.settings`, `${prefix}.by-hand`)
      .replaceAll(broker.sasl, broker.brokers[0]!);
    await runTool(['org.apache.kafka.tools.TopicCommand', ...other.split(' ').slice(1)]);
    const described = async (topic: string) => {
      const server = ['--bootstrap-server', broker.brokers[0]!, '--describe', '--topic', topic];
      const [head = ''] = await runTool(['org.apache.kafka.tools.TopicCommand', ...server]);
      return head.replaceAll(/Topic\w*: \S+\s*/g, '');
    };
    expect(await described(`${prefix}.by-hand`)).toBe(await described(`${prefix}.run.settings`));
    expect(lines.filter((line) => line.startsWith('kafka-acls.sh')).length).toBeGreaterThan(20);
  });

  it.skipIf(!jars)('says it for Strimzi', async () => {
    const documents = parseAllDocuments(await printed('strimzi')).map((one) => one.toJS());
    const { topics, rights } = JSON.parse(await printed('json')) as Planned;
    const made = documents.filter(({ kind }) => kind === 'KafkaTopic');
    expect(made.map(({ spec }) => [spec.topicName, spec.partitions, spec.config])).toEqual(
      topics.map(({ topic, partitions, config }) => [topic, partitions, config]),
    );
    for (const { metadata } of documents) expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
    const [user] = documents.filter(({ kind }) => kind === 'KafkaUser');
    expect(user.spec.authorization.acls).toHaveLength(rights.length);
  });
});

describeKafka('a run’s topics', (brokers) => {
  const prefix = `size-${randomUUID().slice(0, 8)}`;
  const there = place(kafkaConfig('http://127.0.0.1:9', { kind: 'kafka', brokers, prefix, partitions: 24 }));
  const sluice = (...args: string[]) => sluiceHere(args, { cwd: there.folder });
  afterAll(() => there.remove());

  const named = async (): Promise<string[]> => {
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const found = await admin.listTopics();
    await admin.disconnect();
    // A broker lists them in any order.
    return found
      .filter((one) => one.startsWith(prefix))
      .map((one) => one.slice(prefix.length + 1))
      .sort();
  };

  it('are at most 220 partitions at 24, evaluation or not, and go by one command that first only says so', {
    timeout: 240_000,
  }, async () => {
    expect((await sluice('topics', 'apply')).code).toBe(0);
    expect((await sluice('topics', 'apply', '--set', 'run=other')).code).toBe(0);
    const before = await named();
    expect(before.filter((one) => one.includes('evaluat'))).toEqual([]);
    const producer = plainClient(brokers).producer();
    await producer.connect();
    await producer.send({ topic: `${prefix}.run.graded`, messages: [{ key: 'k', value: 'x'.repeat(5_000) }] });
    await producer.disconnect();
    const { occupies } = JSON.parse((await sluice('status', '--json')).stdout);
    expect(occupies.topics.map((one: string) => one.slice(prefix.length + 1)).sort()).toEqual(
      before.filter((one) => one.startsWith('run.')),
    );
    expect(occupies.partitions).toBeLessThanOrEqual(220);
    expect(occupies.bytes).toBeGreaterThan(5_000);
    expect(occupies.bytes).toBeLessThan(50_000);
    const evaluating = JSON.parse(
      (await sluice('topics', 'apply', '--print', 'json', '--set', 'evaluation=[{path: e.jsonl}]')).stdout,
    );
    const own = (evaluating as Planned).topics.filter(({ topic }) => topic.startsWith(`${prefix}.run.`));
    expect(own.reduce((sum, { partitions }) => sum + partitions, 0)).toBeLessThanOrEqual(220);

    const dry = await sluice('topics', 'remove', '--run', 'run');
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('nothing was deleted; --yes does it')]);
    expect(await named()).toEqual(before);
    const removed = await sluice('topics', 'remove', '--run', 'run', '--yes');
    expect([removed.code, removed.stderr]).toEqual([0, '']);
    expect(await named()).toEqual(before.filter((one) => !one.startsWith('run.')));
    // The name is free: it begins anew.
    expect((await sluice('topics', 'apply')).code).toBe(0);
    expect(await named()).toEqual(before);
  });
});

/** As somebody else would make them: with another client, by another user. */
const make = async (
  brokers: readonly string[],
  topics: Planned['topics'],
  rights: Planned['rights'],
): Promise<void> => {
  const admin = plainClient(brokers).admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: topics.map(({ topic, partitions, config }) => ({
      topic,
      numPartitions: partitions,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    })),
  });
  const acl = rights.flatMap(({ resource, name, pattern, operations }) =>
    operations.map((operation) => ({
      resourceType: {
        topic: AclResourceTypes.TOPIC,
        group: AclResourceTypes.GROUP,
        transactionalId: AclResourceTypes.TRANSACTIONAL_ID,
      }[resource],
      resourceName: name,
      resourcePatternType: { literal: ResourcePatternTypes.LITERAL, prefix: ResourcePatternTypes.PREFIXED }[pattern],
      principal: 'User:worker',
      host: '*',
      operation: {
        Read: AclOperationTypes.READ,
        Write: AclOperationTypes.WRITE,
        Describe: AclOperationTypes.DESCRIBE,
        DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
      }[operation],
      permissionType: AclPermissionTypes.ALLOW,
    })),
  );
  await admin.createAcls({ acl });
  // The controller has them; the broker that is asked hears of them a moment later.
  await until(async () => {
    const { resources } = await admin.describeAcls(anyAcl);
    return (
      resources.flatMap(({ acls }) => acls).filter(({ principal }) => principal === 'User:worker').length >= acl.length
    );
  });
  await admin.disconnect();
};

const anyAcl = {
  resourceType: AclResourceTypes.ANY,
  resourcePatternType: ResourcePatternTypes.ANY,
  operation: AclOperationTypes.ANY,
  permissionType: AclPermissionTypes.ANY,
};

/** Secrets stand in the environment. */
const reference = `$${'{PASSWORD}'}`;

const configOf = (url: string, broker: string, prefix: string) =>
  kafkaConfig(url, {
    kind: 'kafka',
    brokers: [broker],
    prefix,
    partitions: 2,
    sasl: { mechanism: 'plain', username: 'worker', password: reference },
  });

const kafkaConfig = (url: string, transport: object) => ({
  run: 'run',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${url}/v1`, model: 'rehearsal-student' },
  scorer: { kind: 'prm', baseUrl: url, model: 'rehearsal-prm' },
  target: { records: 5, distribution: 'natural' },
  teacher: { baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2 },
  transport,
});
