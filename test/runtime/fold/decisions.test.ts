import { describe, expect, it } from 'vitest';
import { isEmpty, newBatch } from '../../../runtime/fold/batch.ts';
import { decisionsOf, tellDrained } from '../../../runtime/fold/decisions.ts';
import type { Surroundings } from '../../../runtime/surroundings.ts';
import type { FoldEdge } from '../../../runtime/topology.ts';
import type { Task } from '../../../runtime/transport.ts';
import { adaptiveCot } from '../../../topologies/adaptive-cot.ts';
import { fakeCapabilities, fakeModel } from '../../helpers/flow.ts';

const model = fakeModel(() => '').model;
const sampling = adaptiveCot(fakeCapabilities(model, model)).edges.find(({ stage }) => stage === 'sample') as FoldEdge;
const task = { store: { get: () => undefined, scan: () => [] } } as unknown as Task;
const around = { control: { epoch: 0 }, transport: { partitions: 1 } } as unknown as Surroundings;

describe('what a stateful step decides', () => {
  it('has nothing to commit where it is told again that all has come, as while it waits for what it let through', () => {
    const decisions = decisionsOf(sampling, task, around);
    expect(tellDrained(decisions)).toBe(0);
    expect(isEmpty(decisions.batch)).toBe(false);
    decisions.batch = newBatch(true);
    expect(tellDrained(decisions)).toBe(0);
    expect(isEmpty(decisions.batch)).toBe(true);
  });
});
