import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { loadConfig } from '../../cli/config/load.ts';
import { commandLine } from '../../cli/main.ts';
import { makeNames } from '../../runtime/transports/kafka/names.ts';
import { topicSpecs } from '../../topologies/topics.ts';
import { build, buildChanged, canBuild, type Manifest, wordsOf } from '../helpers/kubernetes/build.ts';
import { faultsOf, haveDefinitions } from '../helpers/kubernetes/definitions.ts';

if (!canBuild)
  console.warn('notice: neither kustomize nor kubectl is here; the manifests are not built and not looked at');
const endless = canBuild ? build('deploy/kubernetes/endless') : [];
const finite = canBuild ? build('deploy/kubernetes/finite') : [];
const extended = canBuild
  ? buildChanged('endless', 'endless/kustomization.yaml', (text) => text.replace('# components:', 'components:'))
  : [];
const secrets: Record<string, Record<string, string>> = Object.fromEntries(
  parseAllDocuments(readFileSync('deploy/kubernetes/example/secrets.yaml', 'utf8'))
    .map((one) => one.toJS())
    .map(({ metadata, stringData }) => [metadata.name, stringData]),
);
const ofKind = (kind: string, documents = endless): Manifest[] => documents.filter((one) => one.kind === kind);
const sets = ofKind('StatefulSet');
const jobs = ofKind('Job', finite);
const podOf = ({ spec }: Manifest) => spec.template.spec;
const containerOf = (set: Manifest) => podOf(set).containers[0];
const flagOf = (set: Manifest, flag: string): string => {
  const words = wordsOf(containerOf(set));
  return words[words.indexOf(flag) + 1]!;
};
const stagesOf = (set: Manifest) => flagOf(set, '--stages').split(',');
const componentOf = (set: Manifest): string => set.spec.template.metadata.labels['app.kubernetes.io/component'];

describe.skipIf(!canBuild)('the Kubernetes manifests', () => {
  const validator = spawnSync('kubernetes-validate', ['--version']).status === 0;

  it.skipIf(!validator)('keep to Kubernetes’ schemas (needs kubernetes-validate from PyPI)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-manifests-'));
    const file = join(folder, 'built.yaml');
    writeFileSync(file, [...endless, ...finite].map((one) => stringify(one)).join('---\n'));
    execFileSync('kubernetes-validate', ['--strict', file, 'deploy/kubernetes/example/secrets.yaml']);
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!haveDefinitions)(
    'keep to the definitions of the operators that extend them (needs their Go modules)',
    () => {
      const own = extended.filter(({ kind }) => !endless.some((one) => one.kind === kind));
      const kinds = ['PodMonitor', 'ScaledObject', 'ScaledObject', 'ScaledObject', 'TriggerAuthentication'];
      expect(own.map(({ kind }) => kind).sort()).toEqual(kinds);
      for (const one of own) {
        expect(faultsOf(one), one.metadata.name).toBe(null);
        expect(faultsOf({ ...one, spec: { ...one.spec, unheardOf: 1 } })).not.toBe(null);
      }
    },
  );

  it('run every stage, each with probes, limits and a place beside its like, as nobody special', () => {
    for (const [form, named] of [
      [sets, sets.flatMap(stagesOf)],
      [jobs, jobs.flatMap(stagesOf)],
    ] as const) {
      expect(named.sort()).toEqual(['export', 'generate', 'grade', 'ingest', 'level', 'sample', 'score']);
      for (const set of form) {
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
        expect(podOf(set).securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
        expect(wordsOf(container)).toContain('--wait');
        expect(flagOf(set, '--grace')).toBe(String(podOf(set).terminationGracePeriodSeconds));
        const { labels } = set.spec.template.metadata;
        const [{ podAffinityTerm }] =
          podOf(set).affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
        const selectors = [podAffinityTerm, ...podOf(set).topologySpreadConstraints].map((one) => one.labelSelector);
        expect(selectors).toEqual([{ matchLabels: labels }, { matchLabels: labels }]);
      }
    }
  });

  it('give each set that stays a disruption budget and a service of its own', () => {
    for (const set of sets) {
      const { labels } = set.spec.template.metadata;
      expect(set.spec.selector.matchLabels).toEqual(labels);
      for (const [kind, selector] of [
        ['PodDisruptionBudget', (one: Manifest) => one.spec.selector.matchLabels],
        ['Service', (one: Manifest) => one.spec.selector],
      ] as const) {
        const beside = ofKind(kind).find(({ metadata }) => metadata.name === set.metadata.name);
        expect(selector(beside), `${kind} ${set.metadata.name}`).toEqual(labels);
      }
      expect(set.spec.serviceName).toBe(set.metadata.name);
    }
    expect([...ofKind('PodDisruptionBudget', finite), ...ofKind('Service', finite)]).toEqual([]);
  });

  it('give commands and flags that there are', async () => {
    for (const set of [...sets, ...jobs]) {
      const [name, ...rest] = wordsOf(containerOf(set));
      expect(rest.join(' ')).not.toContain('$(');
      const { commands } = await commandLine(name!);
      const command = commands.find((one) => one.name() === name);
      const { unknown, operands } = command!.parseOptions(rest);
      expect([unknown, operands]).toEqual([[], []]);
    }
  });

  it('run without end as sets, and to a number of records as jobs whose pods keep their names', () => {
    for (const set of sets) expect(wordsOf(containerOf(set))).toContain('--follow');
    for (const job of jobs) {
      expect(wordsOf(containerOf(job))).not.toContain('--follow');
      expect(flagOf(job, '--set')).toMatch(/^target\.records=\d+$/);
      const set = sets.find(({ metadata }) => metadata.name === job.metadata.name);
      const { completionMode, completions, parallelism, template } = job.spec;
      expect([completionMode, completions, parallelism]).toEqual(['Indexed', set.spec.replicas, set.spec.replicas]);
      expect(template.spec.restartPolicy).toBe('Never');
    }
  });

  it('take images by a version, and processes anew where the configuration has changed', () => {
    for (const set of [...sets, ...jobs]) expect(containerOf(set).image).toMatch(/:\d+\.\d+\.\d+$|@sha256:/);
    const [map] = ofKind('ConfigMap');
    const mapsOf = (documents: Manifest[]) =>
      ofKind('StatefulSet', documents).map(
        (set) => podOf(set).volumes.find((one: Manifest) => one.configMap).configMap.name,
      );
    expect(new Set(mapsOf(endless))).toEqual(new Set([map.metadata.name]));
    const changed = buildChanged('endless', 'endless/sluice.yaml', (text) => text.replace('samples: 4', 'samples: 5'));
    expect(mapsOf(changed)).not.toContain(map.metadata.name);
  });

  it('carry a configuration that is accepted, with what it refers to in the secrets and on the volumes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-manifests-'));
    const file = join(folder, 'sluice.yaml');
    writeFileSync(file, ofKind('ConfigMap')[0].data['sluice.yaml']);
    const environment = { ...secrets.sluice, HOSTNAME: 'grade-0' };
    const { config } = loadConfig(file, [], { ...environment, ...secrets['sluice-teacher'] });
    for (const set of [...sets, ...jobs]) {
      const given = containerOf(set).envFrom.map((one: Manifest) => one.secretRef.name);
      const has = Object.assign({}, environment, ...given.map((name: string) => secrets[name]));
      // Its own secrets are enough for its stages, and none is there that they do not need.
      const changes = flagOf(set, '--set').startsWith('target.') ? [flagOf(set, '--set')] : [];
      expect(() => loadConfig(file, changes, has, stagesOf(set))).not.toThrow();
      expect('TEACHER_API_KEY' in has, set.metadata.name).toBe(componentOf(set) === 'generate');
    }
    rmSync(folder, { recursive: true });
    expect(config.transport).toMatchObject({ kind: 'kafka', replicationFactor: 3, instanceId: 'grade-0' });
    for (const set of [...sets, ...jobs]) {
      const claims = (set.spec.volumeClaimTemplates ?? []).map((one: Manifest) => one.metadata);
      const mounts: { name: string; mountPath: string }[] = containerOf(set).volumeMounts;
      const names = [...podOf(set).volumes, ...claims].map(({ name }: { name: string }) => name);
      expect(names.sort()).toEqual(mounts.map(({ name }) => name).sort());
      const paths = [config.output.dir, '/configuration/sluice.yaml', '/secrets/ca.crt', '/data/store'];
      if (componentOf(set) === 'ingest') paths.push(...config.problems.map(({ path }) => path));
      for (const path of paths)
        expect(
          mounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`)),
          path,
        ).toBe(true);
      for (const { secret } of podOf(set).volumes.filter((one: Manifest) => one.secret))
        expect(Object.keys(secrets)).toContain(secret.secretName);
    }
    // What is applied with the others would take the place of the secrets that are there.
    expect([...ofKind('Secret'), ...ofKind('Secret', finite)]).toEqual([]);
  });

  it('scale a stage by what waits in its own input before its own group, up to the partitions', () => {
    const { run, transport } = parse(ofKind('ConfigMap')[0].data['sluice.yaml']);
    const names = makeNames('sluice', run);
    names.declare(topicSpecs);
    const inputs: Record<string, string> = { grade: 'problems', score: 'graded', generate: 'admitted' };
    const scaled = ofKind('ScaledObject', extended);
    expect(scaled.map(({ metadata }) => metadata.name).sort()).toEqual(Object.keys(inputs).sort());
    for (const { metadata, spec } of scaled) {
      expect(spec.triggers[0].metadata).toMatchObject({
        bootstrapServers: transport.brokers.join(),
        consumerGroup: names.group(metadata.name),
        topic: names.topic(inputs[metadata.name]!),
      });
      expect(spec.maxReplicaCount).toBe(transport.partitions);
      expect(sets.map((set) => set.metadata.name)).toContain(spec.scaleTargetRef.name);
    }
  });
});

describe.skipIf(!canBuild)('the network policies', () => {
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
    for (const set of [...sets, ...jobs]) {
      const { securityContext, hostNetwork, hostPID, volumes } = podOf(set);
      expect(securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
      expect([hostNetwork, hostPID]).toEqual([undefined, undefined]);
      expect(containerOf(set).securityContext.capabilities).toEqual({ drop: ['ALL'] });
      for (const { name: _, ...kind } of volumes)
        expect(['configMap', 'emptyDir', 'secret', 'persistentVolumeClaim', 'ephemeral']).toContain(
          Object.keys(kind)[0],
        );
    }
  });
});
