import { afterEach, beforeEach, expect, it } from 'vitest';
import { letterReader } from '../../flow/status/letters/letters.ts';
import { retryLetter } from '../../flow/status/letters/retry.ts';
import { curriculumWeights } from '../../processors/sampling/target.ts';
import { partitionOf } from '../../runtime/records/partition.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
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

const target = { records: 1000, weights: curriculumWeights, onShortfall: 'report', seed: 1 } as const;
const strangers = Array.from({ length: 8 }, (_, index) => `s${index}`);

let world: ReturnType<typeof flowWorld>;
let transport: Transport;
beforeEach(async () => {
  world = flowWorld(2);
  transport = await world.open();
  await addProblems(
    transport,
    Array.from({ length: 12 }, (_, index) => problem(`p${index}`)),
  );
});
afterEach(async () => {
  await transport.close();
  world.destroy();
});

/** As a producer with a partitioner of its own does. */
const misplace = (id: string) =>
  transport.append([
    {
      ...{ topic: 'problems', key: id, partition: 1 - partitionOf(id, 2) },
      ...{ value: codecs.problem.encode(problem(id)), headers: {} },
    },
  ]);

it('makes a record in a partition that is not its key’s a dead letter, which a retry puts where it belongs', async () => {
  for (const id of strangers) await misplace(id);
  await begin(transport, { ...target, weights: 'natural', admit: 'after-grading' });
  const model = fakeModel(() => '1').model;
  expect(await runFlow(transport, fakeCapabilities(model, model))).toBe('complete');
  expect(await readAll(transport, topics.cot)).toHaveLength(12);
  const read = letterReader(transport, 'test');
  const { standing } = await read();
  expect(standing.map(({ key, letter }) => [key, letter.code]).sort()).toEqual(
    strangers.map((id) => [id, 'wrong-partition']),
  );

  for (const letter of standing) expect(await retryLetter(transport, letter)).toMatchObject({ ok: true });
  await begin(transport, { ...target, weights: 'natural', admit: 'after-grading' });
  expect(await runFlow(transport, fakeCapabilities(model, model))).toBe('complete');
  expect((await readAll(transport, topics.cot)).map((one) => one.problem.id)).toEqual(
    expect.arrayContaining(strangers),
  );
  expect((await read()).standing).toEqual([]);
});

it('takes a letter once that two processes put back at the same time', async () => {
  await begin(transport, { ...target, weights: 'natural', admit: 'after-grading' });
  const model = fakeModel(() => 'score=0.5').model;
  const capabilities = fakeCapabilities(model, fakeModel(() => '1').model);
  let fails = true;
  const needed = () => {
    if (fails) throw new Error('no scorer today');
    return true;
  };
  const failing = { ...capabilities, score: { ...capabilities.score, needed } };
  expect(await runFlow(transport, failing)).toBe('complete');
  const { standing } = await letterReader(transport, 'test')();
  expect(standing).toHaveLength(12);
  fails = false;
  for (const letter of standing) {
    await retryLetter(transport, letter);
    await retryLetter(transport, letter);
  }
  await begin(transport, { ...target, weights: 'natural', admit: 'after-grading' });
  expect(await runFlow(transport, failing)).toBe('complete');
  expect(await readAll(transport, topics.scored)).toHaveLength(12);
  expect(await readAll(transport, topics.cot)).toHaveLength(12);
});
