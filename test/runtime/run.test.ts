import { expect, it } from 'vitest';
import { curriculumWeights } from '../../processors/sampling/target.ts';
import { addProblems, begin, fakeCapabilities, fakeModel, flowWorld, problem, runFlow } from '../helpers/flow.ts';

const capabilities = fakeCapabilities(fakeModel(() => '1').model, fakeModel(() => '1').model);

it('stays until the run is complete where this process has none of its stages', async () => {
  const world = flowWorld(2);
  const transport = await world.open();
  await addProblems(
    transport,
    Array.from({ length: 20 }, (_, index) => problem(`p${index}`)),
  );
  await begin(transport, {
    records: 5,
    weights: curriculumWeights,
    admit: 'streaming',
    onShortfall: 'redistribute',
    seed: 1,
  });
  const order: string[] = [];
  const idle = runFlow(transport, capabilities, { stages: [] }).then((end) => order.push(`idle ${end}`));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(order).toEqual([]);
  expect(await runFlow(transport, capabilities)).toBe('complete');
  await idle;
  expect(order).toEqual(['idle complete']);

  const stopping = new AbortController();
  const again = await world.open('other');
  const waiting = runFlow(again, capabilities, { stages: [], stopping: stopping.signal });
  stopping.abort();
  expect(await waiting).toBe('stopped');
  await again.close();
  await transport.close();
  world.destroy();
});
