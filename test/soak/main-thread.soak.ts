/**
 * How long the main thread is held by 1 MB of each hostile text, whatever is done with it there: `node
 * test/soak/main-thread.soak.ts`. Counted in processor time, so that a machine that is busy with others does not matter;
 * 50 ms are the limit.
 */
import { withoutControls } from '../../cli/text.ts';
import { maskOf } from '../../llm/mask.ts';
import { partTurn } from '../../reasoning/part-turn.ts';
import { findAnswer } from '../../verifiers/answers/find-answer.ts';
import { verifyChoice } from '../../verifiers/choice.ts';
import { extractProgram } from '../../verifiers/code/extraction/extract-program.ts';
import { sameOutput } from '../../verifiers/code/judging/compare-output.ts';
import { planTests } from '../../verifiers/code/judging/plan.ts';
import { brief } from '../../verifiers/code/judging/report.ts';
import { HOSTILE } from '../verifiers/maths/hostile/hostile-inputs.ts';

const LIMIT_MILLISECONDS = 50;
const BYTES = 2 ** 20;

const units: Readonly<Record<string, string>> = {
  ...HOSTILE,
  ...Object.fromEntries(
    [
      '`',
      '```\n',
      '~~~x\n',
      'def f',
      'def f(x):\n ',
      '"""',
      ' ',
      '\t\n',
      'a[',
      'a = ',
      '<code>',
      '<answer ',
      '\\boxed{',
      '**A**, ',
    ]
      .concat([
        'A) or (B) ',
        'not A but ',
        'the answer is ',
        '\u0001',
        '\u001b[31m',
        '\u202e',
        '1',
        '1.',
        'é',
        '😀',
        '\\',
        '"',
        '{"answer": ',
      ])
      .map((unit) => [JSON.stringify(unit), unit]),
  ),
};
const mask = maskOf(['sk-a-key-of-some-server-1234567890']);
const choice = { domain: 'choice', answer: 'B', choices: ['red', 'green', 'blue'] } as const;

const work: Readonly<Record<string, (text: string) => unknown>> = {
  'parting a turn': partTurn,
  'extracting a program': (text) => extractProgram(text, { prompt: null, functions: ['f'] }),
  'extracting a whole program': (text) => extractProgram(text, { prompt: null, functions: [] }),
  'extracting behind a fence': (text) => extractProgram(`\`\`\`python\n${text}`, { prompt: null, functions: ['f'] }),
  'finding an answer': (text) => findAnswer(text),
  'judging a choice': (text) => verifyChoice({ reference: choice, response: text }),
  'comparing an output': (text) => sameOutput(text, `${text.slice(0, -1)}0`),
  'reading asserts': (text) => planTests({ kind: 'asserts', setup: '', asserts: [text] }, null),
  'reading an assert of a call': (text) =>
    planTests({ kind: 'asserts', setup: '', asserts: [`assert f(${text})`] }, null),
  'one line of it': brief,
  'printing it': withoutControls,
  'masking it': mask,
};

const cpuMilliseconds = (does: () => unknown): number => {
  const before = process.threadCpuUsage();
  does();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

/** What was slow once is done twice more: the machine may have been at fault. */
const quickest = (does: () => unknown): number => {
  const first = cpuMilliseconds(does);
  return first <= LIMIT_MILLISECONDS ? first : Math.min(first, cpuMilliseconds(does), cpuMilliseconds(does));
};

console.log('| what | text | ms of 1 MB |\n|---|---|---|');
for (const [name, does] of Object.entries(work)) {
  const taken = Object.entries(units)
    .map(([unit, text]) => {
      const whole = text.repeat(Math.ceil(BYTES / text.length)).slice(0, BYTES);
      return { unit, milliseconds: quickest(() => does(whole)) };
    })
    .sort((one, other) => other.milliseconds - one.milliseconds);
  const shown = taken.filter(({ milliseconds }, at) => at === 0 || milliseconds > LIMIT_MILLISECONDS);
  for (const { unit, milliseconds } of shown) console.log(`| ${name} | ${unit} | ${milliseconds.toFixed(1)} |`);
  if (taken[0]!.milliseconds > LIMIT_MILLISECONDS) process.exitCode = 1;
}
