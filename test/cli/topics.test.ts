import { afterEach, expect, it } from 'vitest';
import type { Planned } from '../../runtime/transports/kafka/topics/planned.ts';
import { recordedPlace } from '../helpers/kafka/recorded-place.ts';
import type { Place } from '../helpers/sluice.ts';

let there: Place;
afterEach(() => there.remove());

it('writes down what the JSON mirror needs where it is asked to, and nothing of it otherwise', async () => {
  there = recordedPlace(1, { brokers: ['127.0.0.1:9'], prefix: 'p', partitions: 6 });
  const printed = async (...more: string[]): Promise<Planned> => {
    const { code, stdout, stderr } = await there.runHere('topics', 'apply', '--print', 'json', ...more);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  const [run, all] = [await printed(), await printed('--mirror')];
  const beside = <Part>(before: readonly Part[], after: readonly Part[]) => {
    const known = new Set(before.map((one) => JSON.stringify(one)));
    return after.filter((one) => !known.has(JSON.stringify(one)));
  };
  expect(beside(run.topics, all.topics)).toMatchObject([
    { topic: 'p.run.cot-json', partitions: 6, config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' } },
    { topic: 'p.run.mirror-store', partitions: 6, config: { 'cleanup.policy': 'compact' } },
  ]);
  expect(beside(run.rights, all.rights).map(({ resource, name }) => [resource, name])).toEqual([
    ['topic', 'p.run.cot-json'],
    ['topic', 'p.run.mirror-store'],
    ['group', 'p.run.mirror'],
  ]);
});
