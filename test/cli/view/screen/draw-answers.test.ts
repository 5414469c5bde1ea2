import pc from 'picocolors';
import { expect, it } from 'vitest';
import { drawStatus } from '../../../../cli/view/screen/draw-status.ts';
import type { Status } from '../../../../flow/status/status.ts';

const drawn = (answers: Status['answers'], scores: readonly number[] = []): string => {
  const status: Status = {
    ...{ run: 'r', phase: 'running', seconds: 1, etaSeconds: null, problems: 0, unreadIsExact: true },
    ...{ levels: {}, deadLetters: {}, stages: [], endpoints: [], batches: [], waiting: [], answers, scores },
    states: { unread: 0, scoring: 0, levelling: 0, sampling: 0, teaching: 0 } as Status['states'],
    target: { records: 1, emitted: 0, admit: 'streaming', natural: true, intake: true, halted: null },
    spent: { tokens: 0, cost: 0, requests: 0, ceilings: { tokens: null, cost: null }, models: {} },
  };
  return drawStatus(status, 100, pc.createColors(false)).join('\n');
};

it('counts answers that were cut off or empty while the run goes on, and is silent where none is', () => {
  expect(drawn({ attempts: 300, truncated: 12, empty: 3 })).toContain(
    'of the student’s 300 answers 12 cut off, 3 empty'.replace('’', "'"),
  );
  expect(drawn({ attempts: 300, truncated: 0, empty: 0 })).not.toContain('cut off');
});

it('draws how the scores lie, and nothing where there is none', () => {
  const answers = { attempts: 10, truncated: 0, empty: 0 };
  const bins = Array.from({ length: 20 }, (_, bin) => (bin === 10 ? 8 : bin === 11 ? 1 : 0));
  expect(drawn(answers, bins)).toContain('scores of 9 problems  0 ··········█▁········ 1');
  expect(drawn(answers, new Array<number>(20).fill(0))).not.toContain('scores of');
});
