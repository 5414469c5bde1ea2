import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { freePorts } from '../../../deploy/broker/start.ts';
import { plainClient } from './kafkajs.ts';
import { startJars } from './local.ts';

/** A broker that asks who one is. */
export interface SecureBroker {
  /** Without a login, for the tests' own setting up. */
  readonly brokers: readonly string[];
  /** Takes the users alice, reader, guest and worker by PLAIN, bob by SCRAM-SHA-256; a password is the name with `-secret`. */
  readonly sasl: string;
  readonly tls: string;
  /** Asks for a certificate; `client` holds one that it takes, as PEM. */
  readonly mutual: string;
  readonly client: { readonly cert: string; readonly key: string };
  /** Takes bearer tokens that are not signed: whoever is their subject has the rights of that user. */
  readonly oauth: string;
  /** The authority that signed the broker's certificate, in PEM. */
  readonly ca: string;
  stop(): Promise<void>;
}

const plainUsers =
  'username="broker" password="broker" user_alice="alice-secret" user_reader="reader-secret" user_guest="guest-secret" user_worker="worker-secret"';

/** Alice and Bob may do everything, `reader` may look at everything and change nothing, `guest` sees records alone, `worker` may do nothing. */
export const startSecure = async (): Promise<SecureBroker> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-tls-'));
  await makeCertificate(folder);
  const client = await makeClient(folder);
  const [saslPort, tlsPort, mutualPort, oauthPort] = (await freePorts(4)) as [number, number, number, number];
  const listeners = [
    { protocol: 'SASL_PLAINTEXT', port: saslPort },
    { protocol: 'SSL', port: tlsPort },
    { name: 'MUTUAL', protocol: 'SSL', port: mutualPort },
    { name: 'OAUTH', protocol: 'SASL_PLAINTEXT', port: oauthPort },
  ];
  const scramUsers = ['SCRAM-SHA-256=[name=bob,password=bob-secret]'];
  const cluster = await startJars(1, security(folder), { listeners, scramUsers });
  await allowReading(cluster.brokers);
  return {
    brokers: cluster.brokers,
    sasl: `127.0.0.1:${saslPort}`,
    tls: `127.0.0.1:${tlsPort}`,
    mutual: `127.0.0.1:${mutualPort}`,
    client,
    oauth: `127.0.0.1:${oauthPort}`,
    ca: await readFile(join(folder, 'broker.pem'), 'utf8'),
    stop: async () => {
      await cluster.stop();
      await rm(folder, { recursive: true });
    },
  };
};

const security = (folder: string): Record<string, string> => ({
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
  'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${plainUsers};`,
  'listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'listener.name.mutual.ssl.client.auth': 'required',
  'listener.name.mutual.ssl.truststore.location': join(folder, 'client.pem'),
  'listener.name.mutual.ssl.truststore.type': 'PEM',
  'listener.name.oauth.sasl.enabled.mechanisms': 'OAUTHBEARER',
  'listener.name.oauth.oauthbearer.sasl.jaas.config':
    'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
  'ssl.keystore.location': join(folder, 'broker.p12'),
  'ssl.keystore.password': 'secret',
  'ssl.keystore.type': 'PKCS12',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS;User:alice;User:bob;User:CN=carol',
});

const makeCertificate = async (folder: string): Promise<void> => {
  const run = promisify(execFile);
  const store = ['-keystore', join(folder, 'broker.p12'), '-storetype', 'PKCS12', '-storepass', 'secret'];
  const subject = ['-alias', 'broker', '-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  await run('keytool', ['-genkeypair', '-keyalg', 'RSA', '-validity', '2', ...subject, ...store]);
  await run('keytool', ['-exportcert', '-rfc', '-alias', 'broker', '-file', join(folder, 'broker.pem'), ...store]);
};

/** A certificate that signs itself, for a client that is called carol. */
const makeClient = async (folder: string): Promise<SecureBroker['client']> => {
  const [cert, key] = ['client.pem', 'client.key'].map((name) => join(folder, name)) as [string, string];
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=carol', '-out', cert];
  await promisify(execFile)('openssl', ['req', ...made, '-keyout', key]);
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
};

const allowReading = async (brokers: readonly string[]): Promise<void> => {
  const admin = plainClient(brokers).admin();
  await admin.connect();
  const rule = (user: string, resourceType: AclResourceTypes, operation: AclOperationTypes) => ({
    resourceType,
    resourceName: '*',
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: `User:${user}`,
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  });
  await admin.createAcls({
    acl: [
      rule('reader', AclResourceTypes.TOPIC, AclOperationTypes.READ),
      rule('reader', AclResourceTypes.TOPIC, AclOperationTypes.DESCRIBE_CONFIGS),
      rule('guest', AclResourceTypes.TOPIC, AclOperationTypes.READ),
      rule('guest', AclResourceTypes.GROUP, AclOperationTypes.DESCRIBE),
    ],
  });
  await admin.disconnect();
};
