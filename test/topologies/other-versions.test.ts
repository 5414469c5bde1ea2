import { expect, it } from 'vitest';
import { samplerState } from '../../flow/status/sampler-state.ts';
import { curriculumWeights } from '../../processors/sampling/target.ts';
import type { Store, Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import {
  addProblems,
  begin,
  fakeCapabilities,
  fakeModel,
  flowWorld,
  problem,
  readAll,
  runFlow,
} from '../helpers/flow.ts';

/** As where another version of the sampler has counted. */
const countedBy = (form: number | undefined, { get, scan }: Store): Store => ({
  scan,
  get: (key) => {
    const value = get(key);
    if (key !== 'state' || value === undefined) return value;
    return Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(value).toString()), form }));
  },
});

it.each([
  ['an older', undefined, 'store-older', /of an older sluice: end the run with the version that it began with/],
  ['a newer', 1_000, 'store-newer', /of a newer sluice: start the newer version/],
] as const)('what %s version of the sampler has counted is not taken for ours', async (_which, form, code, says) => {
  const world = flowWorld();
  const transport = await world.open();
  await addProblems(
    transport,
    Array.from({ length: 20 }, (_, index) => problem(`p${index}`)),
  );
  const target = { weights: curriculumWeights, admit: 'streaming', onShortfall: 'report', seed: 1 } as const;
  await begin(transport, { ...target, records: 5 });
  const capabilities = fakeCapabilities(fakeModel(() => '1').model, fakeModel(() => '1').model);
  await runFlow(transport, capabilities);
  const before = await readAll(transport, topics.admitted);

  await begin(transport, { ...target, records: 10 });
  const another: Transport = {
    ...transport,
    join: (group, assigned) =>
      transport.join(group, (task) => assigned({ ...task, store: countedBy(form, task.store) })),
    store: async (stage, partition) => countedBy(form, await transport.store(stage, partition)),
  };
  const refused = { code, message: expect.stringMatching(says) };
  await expect(runFlow(another, capabilities)).rejects.toMatchObject(refused);
  await expect(samplerState(another)).rejects.toMatchObject(refused);
  expect(await readAll(transport, topics.admitted)).toEqual(before);

  expect(await runFlow(transport, capabilities)).toBe('complete');
  await transport.close();
  world.destroy();
});
