/**
 * The processes of deploy/kubernetes without a cluster: every pod's own command, with its name, its disk and the
 * configuration of the ConfigMap, on a local broker and the rehearsal models; problems come in two files, one after the
 * other. `node test/soak/kafka/manifests.soak.ts`. Ends with 1 where a problem or a file's line is missing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { freePorts } from '../../../deploy/broker/start.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { build, type Manifest, wordsOf } from '../../helpers/kubernetes/build.ts';

interface Pod {
  readonly name: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

const documents = build('deploy/kubernetes/endless');
/** Seconds. */
const PATIENCE = 300;
const QUIET = 15;

const main = async (): Promise<void> => {
  const base = mkdtempSync(join(tmpdir(), 'sluice-pods-'));
  const broker = await startJars();
  const models = await startRehearsal();
  const pods: Pod[] = [];
  try {
    mkdirSync(join(base, 'problems'));
    for (const set of documents.filter(({ kind }) => kind === 'StatefulSet')) {
      for (let index = 0; index < set.spec.replicas; index++) {
        pods.push(await startPod(set, index, base, configuration(models, broker.brokers, base)));
      }
    }
    for (const [file, count] of [
      ['a.jsonl', 300],
      ['b.jsonl', 500],
    ] as const) {
      const rows = [...rehearsalProblems({ seed: count, count })].map((row) => `${JSON.stringify(row)}\n`);
      const before = linesOf(base);
      writeFileSync(join(base, 'problems', file), rows.join(''));
      await settled(base, before);
      console.log(`${file}: ${linesOf(base) - before} new records`);
      if (linesOf(base) < before + 30) process.exitCode = 1;
    }
    for (const { name, child } of pods.filter((pod) => pod.child.exitCode !== null)) {
      console.log(`${name} ended by itself with ${child.exitCode}`);
      process.exitCode = 1;
    }
  } finally {
    for (const { child } of pods) child.kill('SIGTERM');
    const codes = await Promise.all(pods.map(({ ended }) => ended));
    console.log(`${pods.length} processes ended with ${[...new Set(codes)].join(', ')}`);
    if (existsSync(join(base, 'sluice-export-0/out/report.json'))) report(base);
    else process.exitCode = 1;
    await models.close();
    await broker.stop();
    rmSync(base, { recursive: true });
  }
};

/** Until new lines came and then none for a while. */
const settled = async (base: string, before: number): Promise<void> => {
  let known = before;
  for (let waited = 0, still = 0; waited < PATIENCE && (known === before || still < QUIET); waited++) {
    await sleep(1_000);
    still = linesOf(base) === known ? still + 1 : 0;
    known = linesOf(base);
  }
};

const report = (base: string): void => {
  const { problems, states, emitted } = JSON.parse(readFileSync(join(base, 'sluice-export-0/out/report.json'), 'utf8'));
  const written = linesOf(base);
  console.log(`${problems} problems, ${states.emitted} emitted, ${written} lines: ${JSON.stringify(emitted)}`);
  if (problems !== 800 || written !== states.emitted) process.exitCode = 1;
};

const linesOf = (base: string): number => {
  const file = join(base, 'sluice-export-0/out/cot.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
};

/** The ConfigMap's, at this machine's broker, models and folders; there is no login and one broker. */
const configuration = ({ url }: Rehearsal, brokers: readonly string[], base: string): string => {
  const map = documents.find(({ kind }) => kind === 'ConfigMap');
  const { transport, student, scorer, teacher, ...rest } = parse(map.data['sluice.yaml']);
  const { tls: _, sasl: __, replicationFactor: ___, ...local } = transport;
  return stringify({
    ...rest,
    problems: [{ path: join(base, 'problems/*.jsonl') }],
    student: { ...student, baseUrl: `${url}/v1`, model: 'rehearsal-student' },
    scorer: { ...scorer, baseUrl: url, model: 'rehearsal-prm' },
    teacher: { ...teacher, baseUrl: `${url}/v1`, model: 'rehearsal-teacher' },
    transport: { ...local, brokers },
  });
};

const startPod = async (set: Manifest, index: number, base: string, yaml: string): Promise<Pod> => {
  const name = `${set.metadata.name}-${index}`;
  const folder = join(base, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'sluice.yaml'), yaml.replaceAll('/data/', `${folder}/`));
  const [port] = await freePorts(1);
  const here: Record<string, string> = {
    '/configuration/sluice.yaml': join(folder, 'sluice.yaml'),
    '0.0.0.0:9464': `127.0.0.1:${port}`,
  };
  const words = wordsOf(set.spec.template.spec.containers[0]);
  const child = spawn(process.execPath, ['cli/sluice.js', ...words.map((word) => here[word] ?? word)], {
    env: { ...process.env, HOSTNAME: name, TEACHER_API_KEY: 'none', KAFKA_PASSWORD: 'none' },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return { name, child, ended: new Promise((resolve) => child.once('exit', resolve)) };
};

await main();
process.exit();
