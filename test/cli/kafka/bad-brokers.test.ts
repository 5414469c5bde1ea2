import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePorts } from '../../../deploy/broker/start.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import { type Ended, type Place, place, type Started } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

describeKafka('a command that cannot work on Kafka', (brokers) => {
  const prefix = `bad-${randomUUID().slice(0, 8)}`;
  let there: Place;
  const waiting: Started[] = [];
  beforeEach(() => {
    there = place(configOf({ kind: 'kafka', brokers, prefix, partitions: 2 }));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 5 })]);
  });
  afterEach(async () => {
    await Promise.all(waiting.splice(0).map((one) => one.kill()));
    there.remove();
  });
  const sluice = async (...args: string[]) => sluiceHere(args, { cwd: there.folder });
  const at = (broker: string) => ['--set', `transport.brokers=["${broker}"]`];

  it('says that no broker is there, or something else than one', async () => {
    const [port] = await freePorts(1);
    const closed = `127.0.0.1:${port}`;
    // Its bytes look like an answer of a length below nothing.
    const stranger = createServer((socket) => socket.on('error', () => {}).write(Buffer.alloc(100, 255)));
    await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
    const other = `127.0.0.1:${portOf(stranger)}`;
    const [run, status, ingest, strange] = await Promise.all([
      there.run('run', ...at(closed)),
      there.run('status', ...at(closed)),
      there.run('ingest', 'problems.jsonl', ...at(closed)),
      there.run('topics', 'apply', ...at(other)),
    ]);
    for (const ended of [run, status, ingest]) {
      expectRefusal(ended, 1, `reaching Kafka at ${closed}: Connection error: connect ECONNREFUSED`);
      expect(ended.stderr).toContain('is a broker there? see transport.brokers');
    }
    expectRefusal(strange, 1, `reaching Kafka at ${other}: Connection error: what answers there does not speak Kafka`);
    expectRefusal(await sluice('status', ...at('kafka')), 2, 'transport.brokers.0: wants host:port');
    stranger.close();
  });

  it('waits where it is asked to, until a signal ends it or a broker is there', async () => {
    let knocks = 0;
    let open = false;
    const door = createServer((near) => {
      knocks++;
      if (!open) return void near.destroy();
      const far = connect(Number(brokers[0]!.split(':')[1]), '127.0.0.1');
      for (const end of [near, far]) end.on('error', () => {});
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
    const wait = async () => {
      const flags = [...at(`127.0.0.1:${portOf(door)}`), '--set', `transport.prefix=waited-${prefix}`];
      const [before, started] = [knocks, there.start('run', '--wait', ...flags)];
      waiting.push(started);
      await until(() => knocks > before);
      return started;
    };
    const stopped = await wait();
    stopped.signal('SIGTERM');
    expectRefusal(await stopped.ended, 143, 'stopped by SIGTERM');
    await wait();
    open = true;
    await until(async () => (await topicsOf(brokers, `waited-${prefix}`)).length > 0);
    door.close();
  });

  it('says that the run is not there, and makes no topic for it', async () => {
    for (const command of [['status'], ['inspect', 'x'], ['dead-letters', 'list'], ['export'], ['target', 'set']]) {
      const ended = await sluice(...command, ...(command[0] === 'target' ? ['--records', '3'] : []));
      expectRefusal(ended, 2, `the run "run" is not on ${brokers.join(', ')} under the prefix "${prefix}"`);
    }
    const { stdout } = await sluice('doctor');
    expect(stdout).toMatch(/^ok +broker .*: the run "run" is not there yet/m);
    expect(await topicsOf(brokers, prefix)).toEqual([]);
  });

  it('says that the topics are cut another way, and leaves them so', async () => {
    const applied = await sluice('topics', 'apply');
    expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining('topics of the run "run" are as they')]);
    const before = await topicsOf(brokers, prefix);
    const otherwise = ['--set', 'transport.partitions=3'];
    for (const command of [['run'], ['status'], ['inspect', 'x'], ['topics', 'apply']]) {
      const ended = await sluice(...command, ...otherwise);
      expectRefusal(ended, 1, /problems has 2 partitions, wanted is 3: .* set transport\.partitions: 2/);
    }
    const { stdout } = await sluice('doctor', ...otherwise);
    expect(stdout).toMatch(/^wrong +broker .*problems has 2 partitions, wanted is 3/m);
    expect(await topicsOf(brokers, prefix)).toEqual(before);
    expect((await sluice('status')).code).toBe(0);
  });
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const expectRefusal = ({ code, stderr }: Ended, wanted: number, says: string | RegExp): void => {
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(wanted);
};

const topicsOf = async (brokers: readonly string[], prefix: string): Promise<string[]> => {
  const admin = plainClient(brokers).admin();
  await admin.connect();
  const found = await admin.fetchTopicMetadata();
  await admin.disconnect();
  return found.topics
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, partitions }) => `${name} ${partitions.length}`)
    .sort();
};

const configOf = (transport: object) => ({
  run: 'run',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: 'http://127.0.0.1:9/v1', model: 'm' },
  scorer: { kind: 'tests' },
  target: { records: 3 },
  teacher: { baseUrl: 'http://127.0.0.1:9/v1', model: 'm' },
  transport,
});
