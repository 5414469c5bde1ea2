import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import type { Manifest } from './build.ts';

/** Where the operators' own definitions lie, as Go modules that `go mod download` fetches (.ci/run does). */
const files = {
  'monitoring.coreos.com/v1/PodMonitor':
    'github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
  'keda.sh/v1alpha1/ScaledObject': 'github.com/kedacore/keda/v2@v2.17.2/config/crd/bases/keda.sh_scaledobjects.yaml',
  'keda.sh/v1alpha1/TriggerAuthentication':
    'github.com/kedacore/keda/v2@v2.17.2/config/crd/bases/keda.sh_triggerauthentications.yaml',
} as const;

const modules = () => execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
export const haveDefinitions =
  spawnSync('go', ['version']).status === 0 && Object.values(files).every((file) => existsSync(join(modules(), file)));

/** The operators' definitions of what they add to Kubernetes, as they are applied to a cluster. */
export const definitions = (): Manifest[] => Object.values(files).map(definitionIn);

const definitionIn = (file: string): Manifest => parse(readFileSync(join(modules(), file), 'utf8'));

/** What an operator's definition finds wrong with an object, unknown fields among it; null where it is right. */
export const faultsOf = (manifest: Manifest): ValidateFunction['errors'] => {
  const kind = `${manifest.apiVersion}/${manifest.kind}` as keyof typeof files;
  const definition = definitionIn(files[kind]);
  const version = definition.spec.versions.find(({ name }: Manifest) => manifest.apiVersion.endsWith(`/${name}`));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(closed(version.schema.openAPIV3Schema));
  return validate(manifest) ? null : validate.errors;
};

/** The definition with every object closed to fields that it does not name, as the API server's strict validation has it. */
const closed = (schema: Manifest): Manifest => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (schema.type !== 'object' || schema.properties === undefined || schema['x-kubernetes-preserve-unknown-fields'])
    return inner;
  return { ...inner, additionalProperties: false };
};
