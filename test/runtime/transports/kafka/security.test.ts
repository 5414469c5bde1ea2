import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { freePorts } from '../../../../deploy/broker/start.ts';
import type { KafkaSettings } from '../../../../runtime/transports/kafka/settings.ts';
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';
import { startJars } from '../../../helpers/kafka/local.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, keysOf, makeWorld, record, watchTasks } from '../../../helpers/kafka/world.ts';

const jars = await canRunKafka();
const plainUsers = 'username="broker" password="broker" user_alice="alice-secret" user_reader="reader-secret"';

describeKafka('a broker that asks who one is', () => {
  let cluster: Awaited<ReturnType<typeof startJars>>;
  let world: KafkaWorld;
  let folder: string;
  let sasl: string;
  let tls: string;

  beforeAll(async () => {
    if (!jars) return;
    folder = await mkdtemp(join(tmpdir(), 'sluice-tls-'));
    await makeCertificate(folder);
    const [saslPort, tlsPort] = (await freePorts(2)) as [number, number];
    [sasl, tls] = [`127.0.0.1:${saslPort}`, `127.0.0.1:${tlsPort}`];
    const listeners = [
      { protocol: 'SASL_PLAINTEXT', port: saslPort },
      { protocol: 'SSL', port: tlsPort },
    ];
    const scramUsers = ['SCRAM-SHA-256=[name=bob,password=bob-secret]'];
    cluster = await startJars(1, security(folder), { listeners, scramUsers });
    world = await makeWorld(cluster.brokers);
    await world.open();
    await allowReading(cluster.brokers);
  });
  afterAll(async () => {
    await world?.destroy();
    await cluster?.stop();
    if (folder) await rm(folder, { recursive: true });
  });
  const login = (mechanism: NonNullable<KafkaSettings['sasl']>['mechanism'], username: string, password: string) =>
    world.open({ brokers: [sasl], sasl: { mechanism, username, password } });

  it.skipIf(!jars)('lets in by PLAIN, by SCRAM and over TLS', async () => {
    const { transport: alice } = await login('plain', 'alice', 'alice-secret');
    await alice.append([record('in', 0, 'from alice')]);
    await (await watchTasks(alice, copy)).count(3);
    const { transport: bob } = await login('scram-sha-256', 'bob', 'bob-secret');
    expect(await keysOf(bob, 'in')).toEqual(['from alice']);
    const ca = await readFile(join(folder, 'broker.pem'), 'utf8');
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
    const untrusted = world.open({ brokers: [tls], ssl: true, connectMilliseconds });
    await expect(untrusted).rejects.toThrow(/self-signed certificate/);
    await expect(world.open({ brokers: [tls], connectMilliseconds })).rejects.toMatchObject({
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

const security = (folder: string): Record<string, string> => ({
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
  'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${plainUsers};`,
  'listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'ssl.keystore.location': join(folder, 'broker.p12'),
  'ssl.keystore.password': 'secret',
  'ssl.keystore.type': 'PKCS12',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS;User:alice;User:bob',
});

const makeCertificate = async (folder: string): Promise<void> => {
  const run = promisify(execFile);
  const store = ['-keystore', join(folder, 'broker.p12'), '-storetype', 'PKCS12', '-storepass', 'secret'];
  const subject = ['-alias', 'broker', '-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  await run('keytool', ['-genkeypair', '-keyalg', 'RSA', '-validity', '2', ...subject, ...store]);
  await run('keytool', ['-exportcert', '-rfc', '-alias', 'broker', '-file', join(folder, 'broker.pem'), ...store]);
};

/** The user `reader` may look at everything and change nothing. */
const allowReading = async (brokers: readonly string[]): Promise<void> => {
  const admin = plainClient(brokers).admin();
  await admin.connect();
  const rule = (resourceType: AclResourceTypes, operation: AclOperationTypes, resourceName = '*') => ({
    resourceType,
    resourceName,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:reader',
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  });
  await admin.createAcls({
    acl: [
      rule(AclResourceTypes.TOPIC, AclOperationTypes.READ),
      rule(AclResourceTypes.TOPIC, AclOperationTypes.DESCRIBE_CONFIGS),
    ],
  });
  await admin.disconnect();
};
