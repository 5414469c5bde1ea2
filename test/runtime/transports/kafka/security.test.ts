import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import type { KafkaSettings } from '../../../../runtime/transports/kafka/settings.ts';
import { type SecureBroker, startSecure } from '../../../helpers/kafka/secure.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, keysOf, makeWorld, record, watchTasks } from '../../../helpers/kafka/world.ts';

const jars = await canRunKafka();

describeKafka('a broker that asks who one is', () => {
  let broker: SecureBroker;
  let world: KafkaWorld;

  beforeAll(async () => {
    if (!jars) return;
    broker = await startSecure();
    world = await makeWorld(broker.brokers);
    await world.open();
  });
  afterAll(async () => {
    await world?.destroy();
    await broker?.stop();
  });
  const login = (mechanism: NonNullable<KafkaSettings['sasl']>['mechanism'], username: string, password: string) =>
    world.open({ brokers: [broker.sasl], sasl: { mechanism, username, password } });

  it.skipIf(!jars)('lets in by PLAIN, by SCRAM and over TLS', async () => {
    const { transport: alice } = await login('plain', 'alice', 'alice-secret');
    await alice.append([record('in', 0, 'from alice')]);
    await (await watchTasks(alice, copy)).count(3);
    const { transport: bob } = await login('scram-sha-256', 'bob', 'bob-secret');
    expect(await keysOf(bob, 'in')).toEqual(['from alice']);
    const { ca, tls } = broker;
    const { transport: encrypted } = await world.open({ brokers: [tls], ssl: { ca } });
    expect(await keysOf(encrypted, 'in')).toEqual(['from alice']);
  });

  it.skipIf(!jars)('refuses a wrong password, an unknown authority and plain words on an encrypted port', async () => {
    await expect(login('plain', 'alice', 'wrong')).rejects.toMatchObject({
      code: 'broker-refused',
      message: expect.stringContaining('wrong user or password'),
    });
    await expect(login('scram-sha-256', 'bob', 'wrong')).rejects.toMatchObject({ code: 'broker-refused' });
    const connectMilliseconds = 500;
    const untrusted = world.open({ brokers: [broker.tls], ssl: true, connectMilliseconds });
    await expect(untrusted).rejects.toThrow(/self-signed certificate/);
    await expect(world.open({ brokers: [broker.tls], connectMilliseconds })).rejects.toMatchObject({
      code: 'broker-unreachable',
    });
  });

  it.skipIf(!jars)('says which right is missing', async () => {
    const { transport } = await login('plain', 'reader', 'reader-secret');
    expect(await transport.read('control', 0, 0, 1)).toEqual([]);
    await expect(transport.append([record('in', 0, 'x')])).rejects.toMatchObject({
      code: 'broker-refused',
      message: expect.stringContaining('lacks a right'),
    });
    await expect(transport.join(copy, () => {})).rejects.toMatchObject({ code: 'broker-refused' });
    await expect(transport.table('journal').put('p', 'k', new Uint8Array())).rejects.toMatchObject({
      code: 'broker-refused',
    });
  });
});
