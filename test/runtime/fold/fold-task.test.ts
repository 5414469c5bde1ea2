import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { curriculumWeights, type TargetSettings } from '../../../processors/sampling/target.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import { topicSpecs, topics } from '../../../topologies/topics.ts';
import {
  addProblems,
  begin,
  fakeCapabilities,
  fakeModel,
  flowWorld,
  problem,
  readAll,
  runFlow,
} from '../../helpers/flow.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';

const target: TargetSettings = {
  records: 20,
  weights: curriculumWeights,
  admit: 'after-grading',
  onShortfall: 'report',
  seed: 1,
};
const scoreOf = (id: string): string => {
  const number = Number(id.slice(1)) % 6;
  return number === 0 ? '1' : `score=${(number - 1) / 5 + 0.05}`;
};

const singles = new Set(topicSpecs.filter(({ single }) => single).map(({ name }) => name));

describe('a stateful stage, with the sampler on it', () => {
  let world: ReturnType<typeof flowWorld>;
  let transport: Transport;
  beforeEach(async () => {
    world = flowWorld(2);
    transport = await world.open();
  });
  afterEach(async () => {
    await transport.close();
    world.destroy();
  });

  const problems = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => problem(`p${from + index}`));
  const put = (topic: string, key: string, value: Uint8Array, headers = {}) =>
    transport.append([
      { topic, partition: singles.has(topic) ? 0 : partitionOf(key, transport.partitions), key, value, headers },
    ]);
  const flow = (settings: Parameters<typeof runFlow>[2] = {}) =>
    runFlow(transport, fakeCapabilities(fakeModel(scoreOf).model, fakeModel(() => '1').model), settings);
  const faults = () => faultsOf(storedStates(`${world.path}/sluice.db`, 'test'));
  const emitted = async () => (await readAll(transport, topics.cot)).map((one) => one.problem.id).sort();

  it('passes over what comes twice and what nobody asked for, and buries what it cannot read', async () => {
    await addProblems(transport, problems(60));
    await begin(transport, target);
    expect(await flow()).toBe('complete');
    const before = await emitted();
    // A levelled record and outcomes again, outcomes of no admission, other kinds of record, and no record at all.
    for (const topic of [topics.levelled, topics.outcomes]) {
      const [stored] = await transport.read(topic.name, 0, 0, 1);
      await put(topic.name, stored?.key as string, stored?.value as Uint8Array);
    }
    for (const became of ['returned', 'emitted', 'dead'] as const) {
      await put(
        'outcomes',
        'nobody',
        codecs.outcome.encode({ id: 'nobody', level: 'easy', domain: 'maths', dataset: 'test', admission: 9, became }),
      );
    }
    const garbage = Buffer.from('garbage');
    const foreign = codecs.outcome.encode({
      id: 'x',
      level: 'easy',
      domain: 'maths',
      dataset: 'test',
      admission: 0,
      became: 'emitted',
    });
    const names = ['problems', 'graded', 'scored', 'levelled', 'admitted', 'outcomes', 'control'];
    for (const topic of names) {
      await put(topic, `garbage-${topic}`, garbage);
      if (topic !== 'outcomes') await put(topic, `foreign-${topic}`, foreign);
    }
    const word = codecs.control.encode({ kind: 'target', settings: '{"records":-1}', sealed: null, open: null });
    await put('control', 'target', word);
    await begin(transport, target);
    expect(await flow()).toBe('complete');
    expect(await emitted()).toEqual(before);
    const strangers = (await transport.ends('dead-letter')).reduce((sum, end) => sum + end, 0);
    expect(strangers).toBe(2 * names.length - 1 + 1);
    expect(faults().filter((fault) => !/foreign|garbage|target/.test(fault))).toEqual([]);
  });

  it('decides again about a dead letter that was put back', async () => {
    await addProblems(transport, problems(12));
    await begin(transport, { ...target, weights: 'natural', records: 12 });
    const broken = fakeModel((id) => {
      if (id === 'p3') throw Object.assign(new Error('too long'), { code: 'too-long', disposition: 'dead-letter' });
      return '1';
    });
    await runFlow(transport, fakeCapabilities(fakeModel(scoreOf).model, broken.model));
    expect(await emitted()).not.toContain('p3');
    const levelled = await transport.read('levelled', 0, 0, 100);
    const stored = levelled.find(({ key }) => key === 'p3');
    await put('levelled', 'p3', stored?.value as Uint8Array, { attempt: '2', run: 'test' });
    await begin(transport, { ...target, weights: 'natural', records: 12 });
    expect(await flow()).toBe('complete');
    expect(await emitted()).toHaveLength(12);
  });

  it('lets through in bounded commits when the target comes after the problems, in the seed’s order', async () => {
    await addProblems(transport, problems(3000));
    const stopping = new AbortController();
    let parked = 0;
    const count = (event: RuntimeEvent) => {
      if (event.kind !== 'folded') return;
      parked += event.parked;
      if (parked === 3000) stopping.abort();
    };
    expect(await flow({ stopping: stopping.signal, observe: count })).toBe('stopped');
    await begin(transport, { ...target, records: 2400 });
    let most = 0;
    const watch = (event: RuntimeEvent) => {
      if (event.kind === 'folded') most = Math.max(most, event.admitted);
    };
    expect(await flow({ observe: watch })).toBe('complete');
    const late = await emitted();
    expect(most).toBeLessThanOrEqual(1100);
    expect(faults()).toEqual([]);
    await transport.close();
    world.destroy();
    world = flowWorld(2);
    transport = await world.open();
    await addProblems(transport, problems(3000));
    await begin(transport, { ...target, records: 2400 });
    expect(await flow()).toBe('complete');
    expect(await emitted()).toEqual(late);
  });

  it('goes on by another target, natural ones too, and by new problems after the end', async () => {
    await addProblems(transport, problems(60));
    await begin(transport, { ...target, admit: 'streaming' });
    expect(await flow()).toBe('complete');
    expect(await emitted()).toHaveLength(20);
    await begin(transport, { ...target, weights: 'natural', admit: 'streaming', records: 40 });
    expect(await flow()).toBe('complete');
    expect(await emitted()).toHaveLength(40);
    await addProblems(transport, problems(30, 60));
    await begin(transport, { ...target, records: 70 });
    expect(await flow()).toBe('complete');
    expect((await emitted()).length).toBeGreaterThan(40);
    expect(faults()).toEqual([]);
  });

  it('takes back what the budget did not reach, and lets it through with the next start', async () => {
    await addProblems(transport, problems(60));
    await begin(transport, target);
    let calls = 0;
    const teacher = fakeModel(() => {
      if (++calls > 7) throw new Error('budget');
      return '1';
    });
    const capabilities = fakeCapabilities(fakeModel(scoreOf).model, teacher.model);
    const teachers = capabilities.generate.teachers.map((one) => ({ ...one, isOutOfBudget: () => true }));
    const poor = { ...capabilities, generate: { ...capabilities.generate, teachers } };
    expect(await runFlow(transport, poor)).toBe('complete');
    expect(await emitted()).toHaveLength(7);
    expect(faults()).toEqual([]);
    await begin(transport, target);
    expect(await flow()).toBe('complete');
    expect(await emitted()).toHaveLength(20);
    expect(faults()).toEqual([]);
  });
});
