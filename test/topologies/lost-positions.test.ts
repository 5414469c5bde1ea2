import { afterEach, beforeEach, expect, it } from 'vitest';
import { curriculumWeights, type TargetSettings } from '../../processors/sampling/target.ts';
import type { Transport } from '../../runtime/transport.ts';
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

const target: TargetSettings = {
  records: 20,
  weights: curriculumWeights,
  admit: 'after-grading',
  onShortfall: 'redistribute',
  seed: 1,
};

let world: ReturnType<typeof flowWorld>;
let transport: Transport;
beforeEach(async () => {
  world = flowWorld();
  transport = await world.open();
});
afterEach(async () => {
  await transport.close();
  world.destroy();
});

/** As where a broker let the positions expire, or an operator set them back. */
const withoutPositions = (): Transport => ({
  ...transport,
  join: (group, assigned) => transport.join(group, (task) => assigned({ ...task, positions: [] })),
});

it('answers nothing twice where every position is lost', async () => {
  await addProblems(
    transport,
    Array.from({ length: 60 }, (_, index) => problem(`p${index}`)),
  );
  await begin(transport, target);
  const student = fakeModel((id) => (Number(id.slice(1)) % 3 === 0 ? '1' : `score=${Number(id.slice(1)) / 60}`));
  const teacher = fakeModel((id) => (Number(id.slice(1)) % 5 === 0 ? 'wrong' : '1'));
  const capabilities = fakeCapabilities(student.model, teacher.model);
  expect(await runFlow(transport, capabilities)).toBe('complete');
  const emitted = () => Promise.all([topics.cot, topics.rejected, topics.outcomes].map((topic) => sizeOf(topic)));
  const sizeOf = async (topic: (typeof topics)['cot' | 'rejected' | 'outcomes']) =>
    (await readAll<unknown>(transport, topic)).length;
  const before = await emitted();
  const calls = [student.calls.length, teacher.calls.length];

  await begin(transport, target);
  expect(await runFlow(withoutPositions(), capabilities)).toBe('complete');
  expect(await emitted()).toEqual(before);
  expect([student.calls.length, teacher.calls.length]).toEqual(calls);
});
