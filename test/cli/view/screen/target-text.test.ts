import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { targetText } from '../../../../cli/view/screen/target-text.ts';
import { curriculumWeights, type TargetSettings, targetOf } from '../../../../processors/sampling/target.ts';

const made = (weights: TargetSettings['weights'], records: number | null = 300) =>
  targetOf({ records, admit: 'streaming', onShortfall: 'report', seed: 1, weights });
const none = { easy: 0, level_5: 0, level_4: 0, level_3: 0, level_2: 0, level_1: 0 };

describe('a target in the words of the configuration', () => {
  it('has them as they were said', () => {
    const { target } = parse(targetText(made(curriculumWeights), { run: 'other' }));
    expect(target).toEqual({
      ...{ records: 300, distribution: { run: 'other' }, admit: 'streaming', onShortfall: 'report', seed: 1 },
    });
    expect(parse(targetText(made(none), { ...none, easy: 2 })).target.distribution).toEqual({ easy: 2 });
  });

  it('finds them in a target that another process said', () => {
    const distribution = (weights: TargetSettings['weights']) =>
      parse(targetText(made(weights), null)).target.distribution;
    expect(distribution('natural')).toBe('natural');
    expect(distribution(curriculumWeights)).toBe('curriculum');
    expect(distribution({ ...none, easy: 1, level_1: 3 })).toEqual({ easy: 0.25, level_1: 0.75 });
  });

  it('has no number where as many are wanted as come', () => {
    expect(parse(targetText(made('natural', null), null)).target).not.toHaveProperty('records');
  });
});
