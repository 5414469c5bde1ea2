import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { configSchema } from '../../cli/config/schema.ts';

const folder = 'deploy/kubernetes';
const files = readdirSync(folder).map((file) => join(folder, file));
const documents = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS()));
const stages = documents.filter(({ kind }) => kind === 'StatefulSet');
const validator = spawnSync('kubernetes-validate', ['--version']).status === 0;

describe('the Kubernetes manifests', () => {
  it.skipIf(!validator)('keep to Kubernetes’ schemas (needs kubernetes-validate from PyPI)', () => {
    for (const file of files) execFileSync('kubernetes-validate', ['--strict', file]);
  });

  it('run every stage, each with a disruption budget, probes and a name that lasts', () => {
    const named = documents.filter(({ kind }) => ['StatefulSet', 'Job'].includes(kind)).flatMap(stagesOf);
    expect(named.sort()).toEqual(['export', 'generate', 'grade', 'ingest', 'level', 'sample', 'score']);
    for (const { metadata, spec } of stages) {
      const [container] = spec.template.spec.containers;
      expect(Object.keys(container)).toEqual(
        expect.arrayContaining(['startupProbe', 'livenessProbe', 'readinessProbe']),
      );
      expect(container.env[0]).toMatchObject({ name: 'POD_NAME' });
      const labels = spec.template.metadata.labels;
      const budgets = documents.filter(({ kind }) => kind === 'PodDisruptionBudget');
      expect(budgets.find((budget) => budget.metadata.name === metadata.name)?.spec.selector.matchLabels).toEqual(
        labels,
      );
    }
  });

  it('carry a configuration that is accepted', () => {
    const map = documents.find(({ kind }) => kind === 'ConfigMap');
    const config = configSchema.parse(parse(map.data['sluice.yaml']));
    expect(config.transport).toMatchObject({ kind: 'kafka', replicationFactor: 3 });
  });
});

const stagesOf = ({ spec }: { spec: { template: { spec: { containers: { args: string[] }[] } } } }): string[] => {
  const { args } = spec.template.spec.containers[0]!;
  return args[args.indexOf('--stages') + 1]!.split(',');
};
