import type { Scenario } from './world/scenario.ts';
import { MAX_TOKENS, RAISED, saidBy } from './world/server.ts';

/** What one sample after another comes to, up to the first verified one. */
export const expectedAttempts = (scenario: Scenario, id: string): string => {
  const attempts: string[] = [];
  for (let sample = 0; sample < scenario.samples; sample++) {
    const outcome = outcomeOf(scenario, id, sample);
    attempts.push(`${sample} ${outcome}`);
    if (outcome === 'verified') break;
  }
  return attempts.join(', ');
};

const outcomeOf = (scenario: Scenario, id: string, sample: number): string => {
  const last = said(scenario, id, sample, isRaised(scenario, id, sample) ? RAISED : MAX_TOKENS);
  if (last.finish === 'length') return 'truncated';
  if (last.finish === 'content_filter') return 'refused';
  if (last.text === '') return 'empty';
  return last.text === '1' ? 'verified' : 'unverified';
};

/** Whether a sample is asked for once more, with more room. */
export const isRaised = (scenario: Scenario, id: string, sample: number): boolean =>
  scenario.raises && said(scenario, id, sample, MAX_TOKENS).finish === 'length';

const said = (scenario: Scenario, id: string, sample: number, room: number) =>
  saidBy(scenario, 'teacher', {
    ...{ messages: [{ role: 'user', content: `problem ${id}` }], seed: sample, max_tokens: room },
  });
