import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRunKafka } from '../../../deploy/broker/jars.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { type SecureBroker, startSecure } from '../../helpers/kafka/secure.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

const jars = await canRunKafka();
/** Secrets stand in the environment. */
const reference = `$${'{PASSWORD}'}`;
const alice = { mechanism: 'plain', username: 'alice', password: 'alice-secret' };
const bob = { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' };
const reader = { mechanism: 'plain', username: 'reader', password: 'reader-secret' };
const guest = { mechanism: 'plain', username: 'guest', password: 'guest-secret' };

describeKafka('a command at a broker that asks who one is', () => {
  const prefix = `login-${randomUUID().slice(0, 8)}`;
  let broker: SecureBroker;
  let models: Rehearsal;
  let there: Place;
  const sluice = async ({ password, ...login }: typeof alice, ...args: string[]) => {
    const sasl = { ...login, password: reference };
    there.configure(configOf(models.url, { kind: 'kafka', brokers: [broker.sasl], prefix, partitions: 2, sasl }));
    const ended = await sluiceHere(args, { cwd: there.folder, env: { PASSWORD: password } });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(password);
    return ended;
  };
  const topicsThere = async (): Promise<string[]> => {
    const admin = plainClient(broker.brokers).admin();
    await admin.connect();
    const found = await admin.listTopics();
    await admin.disconnect();
    return found.filter((one) => one.startsWith(prefix));
  };

  beforeAll(async () => {
    if (!jars) return;
    models = await startRehearsal();
    there = place();
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 20 })]);
    broker = await startSecure();
  });
  afterAll(async () => {
    there?.remove();
    await models?.close();
    await broker?.stop();
  });

  it.skipIf(!jars)('says that the password is wrong, and where', async () => {
    for (const login of [alice, bob]) {
      there.write('more.jsonl', [...rehearsalProblems({ seed: 2, count: 5 })]);
      for (const command of [['run'], ['status'], ['inspect', 'x'], ['topics', 'apply']]) {
        const { code, stderr } = await sluice({ ...login, password: 'no-such-word' }, ...command);
        expect([code, stderr]).toEqual([1, expect.stringContaining(`reaching Kafka at ${broker.sasl}: wrong user or`)]);
      }
      const { code, stdout } = await sluice({ ...login, password: 'no-such-word' }, 'doctor');
      expect(stdout).toMatch(/^wrong +broker .*wrong user or password/m);
      expect(code).toBe(1);
    }
    expect(await topicsThere()).toEqual([]);
  });

  it.skipIf(!jars)('names the right that is missing, and changes nothing', async () => {
    const refused = await sluice(reader, 'topics', 'apply');
    expect(refused.stderr).toMatch(/creating .*: the user lacks a right; see the list of ACLs in docs\/kafka\.md/);
    expect(refused.code).toBe(1);
    expect(await topicsThere()).toEqual([]);
    const run = await sluice(bob, 'run', '--json');
    expect(run.code, run.stderr).toBe(0);
    for (const command of [['run'], ['ingest', 'more.jsonl'], ['target', 'set', '--records', '9']]) {
      const { code, stderr } = await sluice(reader, ...command);
      expect([code, stderr], command.join(' ')).toEqual([1, expect.stringContaining('the user lacks a right')]);
    }
  });

  it.skipIf(!jars)('lets somebody look who may do nothing else', async () => {
    const status = await sluice(guest, 'status', '--json');
    expect(status.code, status.stderr).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ problems: 20, states: { emitted: 5 } });
    const [line] = there.lines<{ id: string }>('cot.jsonl');
    const inspected = await sluice(guest, 'inspect', line!.id, '--json');
    expect(JSON.parse(inspected.stdout).state).toBe('emitted');
    const doctor = await sluice(guest, 'doctor');
    expect(doctor.stdout).toMatch(/^ok +broker .*has the run "run"/m);
    expect(doctor.code, doctor.stdout).toBe(0);
  });
});

const configOf = (url: string, transport: object) => ({
  run: 'run',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${url}/v1`, model: 'rehearsal-student' },
  scorer: { kind: 'prm', baseUrl: url, model: 'rehearsal-prm' },
  target: { records: 5, distribution: 'natural' },
  teacher: { baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2 },
  transport,
});
