import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
  onShortfall: 'report',
  seed: 1,
};

describe('a run over fake models', () => {
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

  const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
  /** Every sixth is right, the others' scores run through the five levels. */
  const answerOf = (id: string): string => {
    const number = Number(id.slice(1)) % 6;
    return number === 0 ? '1' : `score=${(number - 1) / 5 + 0.05}`;
  };

  it('ends with the quotas filled and each problem in one state', async () => {
    await addProblems(
      transport,
      ids.map((id) => problem(id)),
    );
    await begin(transport, target);
    const student = fakeModel(answerOf);
    const teacher = fakeModel(() => '1');
    expect(await runFlow(transport, fakeCapabilities(student.model, teacher.model))).toBe('complete');
    const cot = await readAll(transport, topics.cot);
    const byLevel = Object.groupBy(cot, (record) => record.level);
    expect(Object.fromEntries(Object.entries(byLevel).map(([level, records]) => [level, records?.length]))).toEqual({
      easy: 5,
      level_5: 5,
      level_4: 4,
      level_3: 3,
      level_2: 2,
      level_1: 1,
    });
    expect(student.calls).toHaveLength(60);
    expect(teacher.calls).toHaveLength(20);
  });

  it.each(['streaming', 'after-grading'] as const)('refills the places of failures (%s)', async (admit) => {
    await addProblems(
      transport,
      ids.map((id) => problem(id)),
    );
    await begin(transport, { ...target, admit, records: 20 });
    const teacher = fakeModel((id) => (Number(id.slice(1)) % 5 === 0 ? 'wrong' : '1'));
    expect(await runFlow(transport, fakeCapabilities(fakeModel(answerOf).model, teacher.model))).toBe('complete');
    const cot = await readAll(transport, topics.cot);
    const rejected = await readAll(transport, topics.rejected);
    const outcomes = await readAll(transport, topics.outcomes);
    expect(cot).toHaveLength(20);
    expect(outcomes.map((one) => one.id).sort()).toEqual([...cot, ...rejected].map((one) => one.problem.id).sort());
  });

  it('stops the intake when the target is full, and takes up again with a higher one', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => problem(`p${index}`));
    await addProblems(transport, many);
    await begin(transport, { ...target, admit: 'streaming' });
    const student = fakeModel(async (id) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return answerOf(id);
    });
    const teacher = fakeModel(() => '1');
    expect(await runFlow(transport, fakeCapabilities(student.model, teacher.model))).toBe('complete');
    expect(student.calls.length).toBeLessThan(1500);
    const levelled = await readAll(transport, topics.levelled);
    expect(levelled).toHaveLength(student.calls.length);
    await begin(transport, { ...target, admit: 'streaming', records: 40 });
    expect(await runFlow(transport, fakeCapabilities(student.model, teacher.model))).toBe('complete');
    expect(await readAll(transport, topics.cot)).toHaveLength(40);
    expect(new Set(student.calls).size).toBe(student.calls.length);
  });

  it('reports what is short when the input is drained', async () => {
    await addProblems(
      transport,
      ids.map((id) => problem(id)),
    );
    await begin(transport, { ...target, records: 100 });
    const done = await runFlow(transport, fakeCapabilities(fakeModel(answerOf).model, fakeModel(() => '1').model));
    expect(done).toBe('complete');
    // 25, 25, 20, 15, 10, 5 are asked for; 10 a level are there.
    expect(await readAll(transport, topics.cot)).toHaveLength(10 + 10 + 10 + 10 + 10 + 5);
  });

  it('takes only the first of repeated problems and refuses another reference', async () => {
    await addProblems(transport, [problem('a'), problem('a'), problem('b'), problem('a', '2')]);
    await begin(transport, { ...target, weights: 'natural' });
    const student = fakeModel(answerOf);
    await runFlow(transport, fakeCapabilities(student.model, fakeModel(() => '1').model));
    expect(student.calls.sort()).toEqual(['a/0', 'b/0']);
    expect((await readAll(transport, topics.deadLetters)).map((one) => one.code)).toEqual(['conflicting-reference']);
  });

  it('closes the admission of a dead letter', async () => {
    await addProblems(
      transport,
      ids.map((id) => problem(id)),
    );
    await begin(transport, target);
    const teacher = fakeModel((id) => {
      if (Number(id.slice(1)) % 7 === 0)
        throw Object.assign(new Error('too long'), { code: 'prompt-too-long', disposition: 'dead-letter' });
      return '1';
    });
    expect(await runFlow(transport, fakeCapabilities(fakeModel(answerOf).model, teacher.model))).toBe('complete');
    expect(await readAll(transport, topics.cot)).toHaveLength(20);
    const dead = (await readAll(transport, topics.outcomes)).filter((one) => one.became === 'dead');
    expect((await readAll(transport, topics.deadLetters)).length).toBe(dead.length);
    const store = await transport.store('sample', 0);
    expect(store.scan('open/', 10)).toEqual([]);
  });
});
