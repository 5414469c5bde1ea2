import { describe, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { brokenLaws } from '../../../helpers/kafka/judging/judged-flow.ts';
import { killedSums } from '../../../helpers/kafka/kill-flow.ts';
import { quickFailover, startJars } from '../../../helpers/kafka/local.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';

const jars = await canRunKafka();

describe('the judgement of a run', () => {
  const whole = {
    problems: ['a', 'b', 'b', 'c', 'd', 'e'],
    levelled: ['a', 'b', 'c', 'd'],
    admitted: ['a', 'b', 'c'],
    outcomes: ['a', 'b', 'c'],
    cot: ['a'],
    rejected: ['b'],
    deadTeaching: ['c'],
    deadGrading: ['e'],
  };

  it('finds what is lost and what is doubled', () => {
    expect(brokenLaws(whole, 5)).toEqual([]);
    expect(brokenLaws({ ...whole, cot: [] }, 5)).toHaveLength(1);
    expect(brokenLaws({ ...whole, rejected: ['b', 'b'] }, 5)).toHaveLength(1);
    expect(brokenLaws({ ...whole, deadGrading: ['e', 'a'] }, 5)).toHaveLength(1);
    expect(brokenLaws({ ...whole, levelled: ['a', 'b', 'c'] }, 5)).toHaveLength(1);
    expect(brokenLaws({ ...whole, outcomes: ['a', 'b'] }, 5)).toHaveLength(2);
    expect(brokenLaws(whole, 6)).toHaveLength(1);
  });
});

describeKafka('processes that are killed in the middle of a run', () => {
  it.skipIf(!jars)('lose nothing, double nothing and pay for nothing twice', { timeout: 420_000 }, async () => {
    const cluster = await startJars(3, quickFailover);
    try {
      const kills = { kills: 3, wipes: 1, brokerKills: 1, lateMilliseconds: 10_000, stopMilliseconds: 10_000 };
      const found = await killedSums(200, { cluster, ...kills });
      for (const { instance, code, stderr } of found.driven.ends)
        expect([0, 3], `${instance}: ${stderr}`).toContain(code);
      expect(found.broken).toEqual([]);
      expect(found.copies).toEqual([]);
      expect(found.judged.deadGrading.length).toBeGreaterThan(0);
      expect(found.judged.deadTeaching.length).toBeGreaterThan(0);
      expect(found.counted).toEqual(found.recounted);
      expect(found.driven.inTransaction).toBeGreaterThanOrEqual(1);
      // A kill may find nothing on its way that has to be asked again: then nothing may be.
      expect(found.cameAgain).toBeLessThanOrEqual(found.driven.mayComeAgain);
    } finally {
      await cluster.stop();
    }
  });
});
