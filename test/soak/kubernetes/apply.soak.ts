/**
 * Every form of deploy/kubernetes on a real API server: `node test/soak/kubernetes/apply.soak.ts`. What is applied is what
 * is read back, applied once more it changes nothing, unknown fields are refused, and the namespace's own level of
 * security takes the pods. Needs etcd and kube-apiserver (docs/soak.md). Ends with 1 where one of these does not hold.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { build, buildChanged, type Manifest } from '../../helpers/kubernetes/build.ts';
import { definitions } from '../../helpers/kubernetes/definitions.ts';
import { type Answer, type ApiServer, startApiServer } from './api-server.ts';

const forms = {
  endless: build('deploy/kubernetes/endless'),
  'endless, monitored and scaled': buildChanged('endless', 'endless/kustomization.yaml', (text) =>
    text.replace('# components:', 'components:'),
  ),
  finite: build('deploy/kubernetes/finite'),
  secrets: parseAllDocuments(readFileSync('deploy/kubernetes/example/secrets.yaml', 'utf8')).map((one) => one.toJS()),
};

const faults: string[] = [];

const main = async (): Promise<void> => {
  const server = await startApiServer();
  try {
    console.log(
      `Kubernetes ${server.version}\n\n| form | objects | made | as applied | unchanged when applied again |`,
    );
    console.log('|---|---|---|---|---|');
    for (const definition of definitions()) await establish(server, definition);
    for (const [name, manifests] of Object.entries(forms)) {
      const [made, again] = [await applied(server, manifests), await applied(server, manifests)];
      const kept = manifests.filter((manifest, index) => isWithin(plain(manifest), made[index]?.body));
      const changed = manifests.filter((_, index) => !isUnchanged(made[index]!, again[index]!));
      const created = made.filter(({ status }) => status === 201);
      console.log(
        `| ${[name, manifests.length, created.length, kept.length, manifests.length - changed.length].join(' | ')} |`,
      );
      if (kept.length < manifests.length) faults.push(`${name}: something is not there as it was applied`);
      for (const { kind, metadata } of changed)
        faults.push(`${name}: ${kind} ${metadata.name} changed when applied again`);
    }
    await refusesUnknown(server);
    await takesPods(server);
  } finally {
    await server.stop();
  }
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
};

/** By server-side apply, in the order that kustomize gives, unknown fields being faults. */
const applied = async (server: ApiServer, manifests: readonly Manifest[]): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const manifest of manifests) {
    const answer = await apply(server, manifest);
    if (answer.status >= 300) faults.push(`${manifest.kind} ${manifest.metadata.name}: ${answer.body.message}`);
    else if (!isDeepStrictEqual((await server.ask('GET', await server.pathOf(manifest))).body, answer.body))
      faults.push(`${manifest.kind} ${manifest.metadata.name}: what is read is not what was answered`);
    answers.push(answer);
  }
  return answers;
};

const apply = async (server: ApiServer, manifest: Manifest): Promise<Answer> => {
  const path = `${await server.pathOf(manifest)}?fieldManager=sluice&fieldValidation=Strict`;
  return server.ask('PATCH', path, 'application/apply-patch+yaml', manifest);
};

/** The same version; a claim's is another the second time, when the server keeps it in another form, and then no more. */
const isUnchanged = (made: Answer, again: Answer): boolean =>
  again.status === 200 && isDeepStrictEqual(comparable(made.body), comparable(again.body));

const comparable = ({ metadata = {}, ...body }: Manifest): Manifest => {
  if (body.kind !== 'PersistentVolumeClaim') return metadata.resourceVersion;
  const { resourceVersion: _, ...kept } = metadata;
  return { ...body, metadata: kept };
};

const establish = async (server: ApiServer, definition: Manifest): Promise<void> => {
  const { status, body } = await apply(server, definition);
  if (status >= 300) throw new Error(`${definition.metadata.name}: ${body.message}`);
  const path = await server.pathOf(definition);
  for (let isServed = false; !isServed; await sleep(200)) {
    const { conditions } = (await server.ask('GET', path)).body.status ?? {};
    isServed = conditions?.some((one: Manifest) => one.type === 'Established' && one.status === 'True');
  }
  const { group, versions, names } = definition.spec;
  const kind = { apiVersion: `${group}/${versions[0].name}`, kind: names.kind, metadata: {} };
  // Discovery hears of it a moment later.
  while (!(await server.pathOf(kind).catch(() => null))) await sleep(200);
};

/** Text that goes in by another field comes out encoded. */
const plain = ({ stringData, ...manifest }: Manifest): Manifest =>
  stringData === undefined
    ? manifest
    : {
        ...manifest,
        data: Object.fromEntries(
          Object.entries<string>(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
        ),
      };

/** Whether all that was asked for is there; the server adds what it fills in. */
const isWithin = (asked: unknown, found: unknown): boolean => {
  if (asked === null || typeof asked !== 'object') return asked === found;
  if (found === null || typeof found !== 'object') return false;
  if (Array.isArray(asked))
    return Array.isArray(found) && asked.every((one) => found.some((other) => isWithin(one, other)));
  return Object.entries(asked).every(([key, value]) => isWithin(value, (found as Record<string, unknown>)[key]));
};

/** A field that there is not, deep in one of ours and on the face of an operator's, is refused by name. */
const refusesUnknown = async (server: ApiServer): Promise<void> => {
  const all = forms['endless, monitored and scaled'];
  const ofKind = (kind: string) => structuredClone(all.find((one) => one.kind === kind));
  const [set, scaled] = [ofKind('StatefulSet'), ofKind('ScaledObject')];
  set.spec.template.spec.containers[0].unheardOf = 1;
  scaled.spec.unheardOf = 1;
  for (const planted of [set, scaled]) {
    const { status, body } = await apply(server, planted);
    const isRefused = status >= 400 && String(body.message).includes('unheardOf');
    console.log(`${planted.kind} with an unknown field: ${isRefused ? 'refused' : 'TAKEN'} (${status})`);
    if (!isRefused) faults.push(`${planted.kind}: an unknown field was taken: ${JSON.stringify(body).slice(0, 500)}`);
  }
};

/** The pod that each set or job would have made, and one with a right too many. */
const takesPods = async (server: ApiServer): Promise<void> => {
  const owners = [...forms.endless, ...forms.finite].filter(({ kind }) => kind === 'StatefulSet' || kind === 'Job');
  const answers = await Promise.all(owners.map((owner) => create(server, podOf(owner))));
  const refused = answers.filter(({ status }) => status !== 201);
  console.log(`pods that the restricted level takes: ${answers.length - refused.length} of ${owners.length}`);
  for (const { body } of refused) faults.push(`a pod was refused: ${body.message}`);
  const privileged = podOf(owners[0]!);
  privileged.spec.containers[0].securityContext.privileged = true;
  privileged.spec.containers[0].securityContext.allowPrivilegeEscalation = true;
  const { status, body } = await create(server, privileged);
  const isRefused = status === 403 && body.message.includes('PodSecurity');
  console.log(`a pod with privileges: ${isRefused ? 'refused' : 'NOT REFUSED AS SUCH'} (${status})`);
  if (!isRefused) faults.push(`a pod with privileges: ${body.message ?? 'taken'}`);
};

const create = (server: ApiServer, pod: Manifest): Promise<Answer> =>
  server.ask(
    'POST',
    `/api/v1/namespaces/${pod.metadata.namespace}/pods?dryRun=All&fieldValidation=Strict`,
    undefined,
    pod,
  );

const podOf = ({ metadata: { name, namespace }, spec }: Manifest): Manifest => {
  const { metadata, spec: template } = structuredClone(spec.template);
  const claims = (spec.volumeClaimTemplates ?? []).map((claim: Manifest) => ({
    name: claim.metadata.name,
    persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}-0` },
  }));
  return {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${name}-0`, namespace } },
    spec: { ...template, volumes: [...template.volumes, ...claims] },
  };
};

await main();
