import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '../../cli/config/load.ts';
import { commandLine } from '../../cli/main.ts';

const files = globSync('deploy/kubernetes/**/*.yaml').sort();
const documents = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS()));
const ofKind = (kind: string) => documents.filter((one) => one.kind === kind);
const sets = ofKind('StatefulSet');
const validator = spawnSync('kubernetes-validate', ['--version']).status === 0;
const containerOf = ({ spec }: (typeof sets)[number]) => spec.template.spec.containers[0];

describe('the Kubernetes manifests', () => {
  it.skipIf(!validator)('keep to Kubernetes’ schemas (needs kubernetes-validate from PyPI)', () => {
    execFileSync('kubernetes-validate', ['--strict', ...files]);
  });

  it('run every stage, each with a disruption budget, probes, limits and a name that lasts, as nobody special', () => {
    const named = sets.flatMap((set) => stagesOf(containerOf(set).args));
    expect(named.sort()).toEqual(['export', 'generate', 'grade', 'ingest', 'level', 'sample', 'score']);
    for (const set of sets) {
      const container = containerOf(set);
      expect(container).toMatchObject({
        startupProbe: { httpGet: { path: '/healthz' } },
        livenessProbe: { httpGet: { path: '/healthz' } },
        readinessProbe: { httpGet: { path: '/readyz' } },
        resources: {
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { memory: expect.any(String), 'ephemeral-storage': expect.any(String) },
        },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      });
      expect(set.spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(container.env[0]).toMatchObject({ name: 'POD_NAME' });
      expect(container.args).toContain('--wait');
      const grace = String(set.spec.template.spec.terminationGracePeriodSeconds);
      expect(container.args.slice(container.args.indexOf('--grace'))[1]).toBe(grace);
      const { labels } = set.spec.template.metadata;
      expect(set.spec.selector.matchLabels).toEqual(labels);
      for (const [kind, selector] of [
        ['PodDisruptionBudget', (one: (typeof documents)[number]) => one.spec.selector.matchLabels],
        ['Service', (one: (typeof documents)[number]) => one.spec.selector],
      ] as const) {
        const beside = ofKind(kind).find(({ metadata }) => metadata.name === set.metadata.name);
        expect(selector(beside), `${kind} ${set.metadata.name}`).toEqual(labels);
      }
    }
  });

  it('give commands and flags that there are', async () => {
    for (const set of sets) {
      const [name, ...rest] = containerOf(set).args;
      const { commands } = await commandLine(name);
      const command = commands.find((one) => one.name() === name);
      const { unknown, operands } = command!.parseOptions(rest);
      expect([unknown, operands]).toEqual([[], []]);
    }
  });

  it('carry a configuration that is accepted, with what it refers to in the secrets and on the volumes', () => {
    const secrets = ofKind('Secret').map(({ metadata, stringData }) => [metadata.name, stringData]);
    const [map] = ofKind('ConfigMap');
    const folder = mkdtempSync(join(tmpdir(), 'sluice-manifests-'));
    const file = join(folder, 'sluice.yaml');
    writeFileSync(file, map.data['sluice.yaml']);
    const environment = { ...Object.fromEntries(secrets).sluice, POD_NAME: 'grade-0' };
    const { config } = loadConfig(file, [], { ...environment, ...Object.fromEntries(secrets)['sluice-teacher'] });
    for (const set of sets) {
      const given = containerOf(set).envFrom.map((one: { secretRef: { name: string } }) => one.secretRef.name);
      const has = Object.assign({}, environment, ...given.map((name: string) => Object.fromEntries(secrets)[name]));
      // Its own secrets are enough for its stages, and none is there that they do not need.
      expect(() => loadConfig(file, [], has, stagesOf(containerOf(set).args))).not.toThrow();
      expect('TEACHER_API_KEY' in has, set.metadata.name).toBe(set.metadata.name === 'generate');
    }
    rmSync(folder, { recursive: true });
    expect(config.transport).toMatchObject({ kind: 'kafka', replicationFactor: 3, instanceId: 'grade-0' });
    for (const set of sets) {
      const { volumes } = set.spec.template.spec;
      const claims = (set.spec.volumeClaimTemplates ?? []).map((one: { metadata: object }) => one.metadata);
      const mounts: { name: string; mountPath: string }[] = containerOf(set).volumeMounts;
      const names = [...volumes, ...claims].map(({ name }: { name: string }) => name);
      expect(names.sort()).toEqual(mounts.map(({ name }) => name).sort());
      const paths = [config.output.dir, '/configuration/sluice.yaml', '/secrets/ca.crt', '/data/store'];
      if (set.metadata.name === 'ingest') paths.push(...config.problems.map(({ path }) => path));
      for (const path of paths)
        expect(
          mounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`)),
          path,
        ).toBe(true);
      for (const { secret } of volumes.filter((one: { secret?: object }) => one.secret)) {
        expect(Object.keys(Object.fromEntries(secrets))).toContain(secret.secretName);
      }
    }
    // What is applied with the others would take the place of the secrets that are there.
    const examples = globSync('deploy/kubernetes/*.yaml').map((one) => readFileSync(one, 'utf8'));
    expect(examples.join()).not.toContain('kind: Secret');
  });
});

describe('the network policies', () => {
  const policies = ofKind('NetworkPolicy').map(({ metadata, spec }) => [metadata.name, spec] as const);
  const ofComponent = (component: string) =>
    policies.filter(([, { podSelector }]) => {
      const wanted: Record<string, string> = podSelector.matchLabels ?? {};
      const labels: Record<string, string> = {
        'app.kubernetes.io/name': 'sluice',
        'app.kubernetes.io/component': component,
      };
      return Object.entries(wanted).every(([key, value]) => labels[key] === value);
    });
  const portsOf = (component: string): number[] =>
    ofComponent(component).flatMap(([, { egress = [] }]) =>
      egress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port)),
    );

  it('let no pod talk to anybody but names, brokers and the model of its stage', () => {
    expect(policies.find(([name]) => name === 'nobody')?.[1]).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const all = [53, 53, 9093];
    for (const [component, ports] of [
      ['ingest', all],
      ['sample', all],
      ['export', all],
      ['grade', [...all, 8000]],
      ['score', [...all, 8001]],
      ['generate', [...all, 443]],
    ] as const)
      expect([component, portsOf(component)]).toEqual([component, ports]);
  });

  it('and the namespace takes no pod with rights that it does not need', () => {
    const [namespace] = ofKind('Namespace');
    expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    for (const set of sets) {
      const { securityContext, hostNetwork, hostPID, volumes } = set.spec.template.spec;
      expect(securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
      expect([hostNetwork, hostPID]).toEqual([undefined, undefined]);
      expect(containerOf(set).securityContext.capabilities).toEqual({ drop: ['ALL'] });
      for (const { name: _, ...kind } of volumes)
        expect(['configMap', 'emptyDir', 'secret', 'persistentVolumeClaim']).toContain(Object.keys(kind)[0]);
    }
  });
});

const stagesOf = (args: readonly string[]): string[] => args[args.indexOf('--stages') + 1]!.split(',');
