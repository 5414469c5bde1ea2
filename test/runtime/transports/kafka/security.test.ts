import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { sharedToken, TokenUnavailable } from '../../../../runtime/transports/kafka/cluster/token.ts';
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
  const login = (mechanism: 'plain' | 'scram-sha-256', username: string, password: string) =>
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

  it.skipIf(!jars)('lets in whom a certificate names, and nobody without one', async () => {
    const { ca, mutual, client } = broker;
    const { transport: carol } = await world.open({ brokers: [mutual], ssl: { ca, ...client } });
    await carol.append([record('in', 1, 'from carol')]);
    expect(await keysOf(carol, 'in', 1)).toEqual(['from carol']);
    const nobody = world.open({ brokers: [mutual], ssl: { ca }, connectMilliseconds: 500 });
    await expect(nobody).rejects.toMatchObject({ code: 'broker-unreachable' });
  });

  it.skipIf(!jars)('lets in by a bearer token, which is asked for once while it holds', async () => {
    let asked = 0;
    const tokens = sharedToken(async () => {
      asked++;
      return { value: unsigned('alice'), seconds: null };
    });
    const oauth = (token: () => Promise<string>) =>
      world.open({ brokers: [broker.oauth], sasl: { mechanism: 'oauthbearer', token }, connectMilliseconds: 2_000 });
    const { transport } = await oauth(tokens);
    await transport.append([record('in', 2, 'by token')]);
    expect([await keysOf(transport, 'in', 2), asked]).toEqual([['by token'], 1]);
    await expect(oauth(async () => unsigned('worker'))).rejects.toThrow(/lacks a right/);
    await expect(oauth(async () => 'no token')).rejects.toMatchObject({ code: 'broker-refused' });
    const away = oauth(() => Promise.reject(new TokenUnavailable('the token server does not answer')));
    await expect(away).rejects.toThrow(/the token server does not answer/);
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
    await expect(transport.join(copy, async () => {})).rejects.toMatchObject({ code: 'broker-refused' });
    await expect(transport.table('journal').put('p', 'k', new Uint8Array())).rejects.toMatchObject({
      code: 'broker-refused',
    });
  });
});

/** A token that nobody signed (RFC 7515, appendix A.5), as the broker takes them here. */
const unsigned = (sub: string): string => {
  const now = Math.floor(Date.now() / 1000);
  const parts = [{ alg: 'none' }, { sub, iat: now, exp: now + 3600 }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
};
