import { writeFileSync } from 'node:fs';
import { defineDomain, run } from 'sluice';

// Problems of a domain that Sluice does not know: a word, and its letters from the last to the first.
const words = ['lamp', 'river', 'stone', 'window', 'paper', 'candle', 'garden', 'bridge', 'mirror', 'ladder'];
const reversed = (word: string): string => [...word].reverse().join('');
const rows = words.map((word) => ({
  statement: `Write "${word}" backwards.`,
  domain: 'backwards',
  answer: reversed(word),
}));
writeFileSync('words.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));

const backwards = defineDomain({
  name: 'backwards',
  prompt: '{statement} Answer with the word alone.',
  judge: ({ problem, response }) => response.trim() === problem.answer,
});

const wordIn = (prompt: string): string => prompt.split('"')[1] ?? '';

const report = await run(
  {
    run: 'backwards',
    problems: [{ path: 'words.jsonl' }],
    target: { records: 6, distribution: 'natural' },
    transport: { kind: 'embedded', path: 'store' },
    output: { dir: 'out' },
  },
  {
    domains: [backwards],
    models: {
      // Short words it can, long ones it leaves as they are.
      student: async ({ messages }) => {
        const word = wordIn(messages.at(-1)?.content ?? '');
        return word.length < 6 ? reversed(word) : word;
      },
      scorer: async ({ steps }) => steps.map(() => 0.5),
      teacher: async ({ messages }) => {
        const word = wordIn(messages.at(-1)?.content ?? '');
        return { reasoning: `Its letters are ${[...word].join(', ')}.`, answer: reversed(word) };
      },
    },
  },
);

console.log(
  `${report.states.emitted} of ${report.problems} problems, ${report.graded.right} of them easy: ${report.stopped}`,
);
