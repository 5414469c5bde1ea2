import type { Scenario } from './scenario.ts';
import { MAX_TOKENS, RAISED, saidBy } from './server.ts';

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
  const ask = (room: number) =>
    saidBy(scenario, 'teacher', {
      ...{ messages: [{ role: 'user', content: `problem ${id}` }], seed: sample, max_tokens: room },
    });
  const first = ask(MAX_TOKENS);
  const last = first.finish === 'length' && scenario.raises ? ask(RAISED) : first;
  if (last.finish === 'length') return 'truncated';
  if (last.finish === 'content_filter') return 'refused';
  if (last.text === '') return 'empty';
  return last.text === '1' ? 'verified' : 'unverified';
};
