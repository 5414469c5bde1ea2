import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../../deploy/broker/start.ts';
import type { Manifest } from '../../helpers/kubernetes/build.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what an API server answers is looked at, not trusted.
  readonly body: any;
}

/** A control plane that stores and validates, with nobody behind it: nothing is ever run. */
export interface ApiServer {
  readonly version: string;
  /** Asks it; a body is sent as it is, under its content type. */
  ask(method: string, path: string, type?: string, body?: object): Promise<Answer>;
  /** Where an object of a kind lies, by what the server says of the kind. */
  pathOf(manifest: Manifest): Promise<string>;
  stop(): Promise<void>;
}

/** `ETCD` and `KUBE_APISERVER` name the programs; else they are looked for in the PATH. */
const programs = {
  etcd: process.env.ETCD ?? 'etcd',
  server: process.env.KUBE_APISERVER ?? 'kube-apiserver',
};

/** Starts etcd and kube-apiserver on loopback, their data in a folder of their own. Rejects where one ends before it serves. */
export const startApiServer = async (): Promise<ApiServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-kubernetes-'));
  const [clients, peers, port] = (await freePorts(3)) as [number, number, number];
  const token = randomUUID();
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await ended(child);
    rmSync(folder, { recursive: true });
  };
  const start = (program: string, args: string[]) => {
    const log = openSync(join(folder, `${children.length}.log`), 'w');
    const child = spawn(program, args, { stdio: ['ignore', log, log] });
    child.once('error', () => {});
    children.push(child);
  };
  try {
    start(programs.etcd, etcdArguments(join(folder, 'etcd'), clients, peers));
    start(programs.server, serverArguments(folder, token, clients, port));
    const certificate = join(folder, 'apiserver.crt');
    const ask: ApiServer['ask'] = (method, path, type, body) =>
      asked({ ca: readFileSync(certificate), token, port, method, path }, type, body);
    const isReady = () => existsSync(certificate) && ask('GET', '/readyz').then(({ status }) => status === 200, no);
    for (const until = Date.now() + PATIENCE; !(await isReady()); await sleep(500)) {
      const gone = children.findIndex(({ exitCode, pid }) => exitCode !== null || pid === undefined);
      if (gone >= 0) throw new Error(whyGone(gone, folder));
      if (Date.now() > until) throw new Error(whyGone(1, folder));
    }
    const { body } = await ask('GET', '/version');
    return { version: body.gitVersion, ask, pathOf: (manifest) => pathOf(ask, manifest), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Milliseconds. */
const PATIENCE = 120_000;

const no = (): boolean => false;

const whyGone = (index: number, folder: string): string => {
  const said = readFileSync(join(folder, `${index}.log`), 'utf8')
    .trim()
    .split('\n')
    .slice(-10)
    .join('\n');
  const [variable, program] = index === 0 ? ['ETCD', programs.etcd] : ['KUBE_APISERVER', programs.server];
  return `${program} (set ${variable} to name another) does not serve; docs/soak.md says where it comes from\n${said}`;
};

const etcdArguments = (folder: string, clients: number, peers: number): string[] => {
  const [client, peer] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`];
  return [
    ...['--data-dir', folder, '--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
  ];
};

/** Whoever has the token may do everything; the admission of accounts is left out, which would need a controller. */
const serverArguments = (folder: string, token: string, etcd: number, port: number): string[] => {
  const [key, tokens] = [join(folder, 'accounts.pem'), join(folder, 'tokens.csv')];
  writeFileSync(tokens, `${token},soak,soak\n`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  return [
    ...['--etcd-servers', `http://127.0.0.1:${etcd}`, '--cert-dir', folder],
    ...['--bind-address', '127.0.0.1', '--secure-port', `${port}`],
    ...['--authorization-mode', 'AlwaysAllow', '--token-auth-file', tokens],
    // A pod that may not be is to be refused by its namespace.
    '--allow-privileged=true',
    ...['--disable-admission-plugins', 'ServiceAccount', '--service-cluster-ip-range', '10.0.0.0/24'],
    ...['--service-account-issuer', 'https://127.0.0.1', '--service-account-key-file', key],
    ...['--service-account-signing-key-file', key],
  ];
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exit;
  clearTimeout(late);
};

const asked = (
  { token, ...to }: { readonly ca: Buffer; token: string; port: number; method: string; path: string },
  type = 'application/json',
  body?: object,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': type, authorization: `Bearer ${token}` };
    const sent = request({ host: '127.0.0.1', headers, ...to }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece) => (text += piece));
      answer.once('error', reject);
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: parsed(text) }));
    });
    sent.once('error', reject);
    sent.end(body && JSON.stringify(body));
  });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const pathOf = async (ask: ApiServer['ask'], { apiVersion, kind, metadata }: Manifest): Promise<string> => {
  const group = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const { body } = await ask('GET', group);
  const found = body.resources?.find((one: Manifest) => one.kind === kind && !one.name.includes('/'));
  if (!found) throw new Error(`the API server knows no ${kind} of ${apiVersion}`);
  const within = found.namespaced ? `/namespaces/${metadata.namespace}` : '';
  return `${group}${within}/${found.name}/${metadata.name}`;
};
