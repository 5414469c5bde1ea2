/**
 * How long the main thread is held by 1 MB of each hostile text, whatever is done with it, and by the longest that is
 * judged in this thread, plain and in a box: `node test/soak/main-thread.soak.ts`. Counted in processor time, so that a machine that is busy with others does not matter;
 * 50 ms are the limit.
 */
import { withoutControls } from '../../cli/text.ts';
import { SHORT } from '../../domains/apart.ts';
import { domainsOf } from '../../domains/registry.ts';
import { hostOf } from '../../flow/wiring/host.ts';
import { splitReasoning } from '../../llm/http/answers/reasoning.ts';
import { maskOf } from '../../llm/mask.ts';
import { partTurn } from '../../reasoning/part-turn.ts';
import { extractProgram } from '../../verifiers/code/extraction/extract-program.ts';
import { sameOutput } from '../../verifiers/code/judging/compare-output.ts';
import { planTests } from '../../verifiers/code/judging/plan.ts';
import { brief } from '../../verifiers/code/judging/report.ts';
import { VerifierFault } from '../../verifiers/port.ts';
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
      '<|begin_of_box|>',
      '<output>',
      '>>> f()\n',
      '\n\n    x = 1\n\n.',
      '```\ndef f(): g()\n```\n',
      'the third option, ',
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
        '1,',
        '\\pm 1,',
        '(x+1)',
        '(1,2)\\cup',
      ])
      .map((unit) => [JSON.stringify(unit), unit]),
  ),
};
const mask = maskOf(['sk-a-key-of-some-server-1234567890']);
const domains = domainsOf({
  text: { kind: 'text' },
  number: { kind: 'number' },
  label: { kind: 'label', labels: ['red', 'green'] },
  json: { kind: 'json' },
  call: { kind: 'call' },
  instructions: { kind: 'instructions' },
  regex: { kind: 'regex' },
} as Record<string, { kind: string }>);
const answers: Readonly<Record<string, object>> = {
  maths: { answer: '7' },
  choice: { answer: 'B', choices: ['red', 'green', 'blue'] },
  text: { answer: 'red' },
  number: { answer: '7' },
  label: { answer: 'red' },
  json: { answer: '{"a": 1}' },
  call: { answer: '{"name": "a"}' },
  instructions: { answer: null, tests: JSON.stringify([{ rule: 'sentences', max: 5 }]) },
  regex: { answer: '(a*)*b' },
};
const signal = new AbortController().signal;

/** Judged in the domain of this name, as in a run. */
const judging = async (name: string): Promise<(text: string) => Promise<unknown>> => {
  const domain = domains.get(name)!;
  const problem = { id: 'p', statement: '', meta: null, tests: null, choices: [], ...answers[name] } as never;
  const { verify } = await domain.open(hostOf({ folder: '.' }));
  const reference = domain.reference(problem);
  await verify({ reference, response: ' '.repeat(10_000) }, signal);
  return (response) => verify({ reference, response }, signal);
};

/** Read for a vote. */
const voting = (name: string) => (text: string) =>
  domains.get(name)?.voting?.answer({ choices: ['red', 'green'] } as never, text, ['boxed', 'tagged', 'cue', 'last']);

const work: Readonly<Record<string, (text: string) => unknown>> = {
  'parting a turn': partTurn,
  'reading an answer': (content) => splitReasoning({ content }),
  'extracting a program': (text) => extractProgram(text, { prompt: null, functions: ['f'] }),
  'extracting a whole program': (text) => extractProgram(text, { prompt: null, functions: [] }),
  'extracting behind a fence': (text) => extractProgram(`\`\`\`python\n${text}`, { prompt: null, functions: ['f'] }),
  ...Object.fromEntries(
    await Promise.all(Object.keys(answers).map(async (name) => [`judging ${name}`, await judging(name)])),
  ),
  'voting in maths': voting('maths'),
  'voting in choice': voting('choice'),
  'voting in number': voting('number'),
  'comparing an output': (text) => sameOutput(text, `${text.slice(0, -1)}0`),
  'reading asserts': (text) => planTests({ kind: 'asserts', setup: '', asserts: [text] }, null),
  'reading an assert of a call': (text) =>
    planTests({ kind: 'asserts', setup: '', asserts: [`assert f(${text})`] }, null),
  'one line of it': brief,
  'printing it': withoutControls,
  'masking it': mask,
};

const cpuMilliseconds = async (does: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  try {
    await does();
  } catch (error) {
    // Its thread had too little of a busy machine: a dead letter, which holds nobody.
    if (!(error instanceof VerifierFault)) throw error;
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

/** What was slow once is done twice more: the machine may have been at fault. */
const quickest = async (does: () => unknown): Promise<number> => {
  const first = await cpuMilliseconds(does);
  return first <= LIMIT_MILLISECONDS
    ? first
    : Math.min(first, await cpuMilliseconds(does), await cpuMilliseconds(does));
};

console.log('| what | text | ms |\n|---|---|---|');
for (const [name, does] of Object.entries(work)) {
  const taken: { unit: string; milliseconds: number }[] = [];
  for (const [unit, text] of Object.entries(units)) {
    const whole = text.repeat(Math.ceil(BYTES / text.length)).slice(0, BYTES);
    const boxed = `\\boxed{${whole.slice(0, SHORT - 8)}}`;
    for (const [form, one] of Object.entries({ '': whole, ', 4 KB': whole.slice(0, SHORT), ', 4 KB in a box': boxed }))
      taken.push({ unit: `${unit}${form}`, milliseconds: await quickest(() => does(one)) });
  }
  taken.sort((one, other) => other.milliseconds - one.milliseconds);
  const shown = taken.filter(({ milliseconds }, at) => at === 0 || milliseconds > LIMIT_MILLISECONDS);
  for (const { unit, milliseconds } of shown) console.log(`| ${name} | ${unit} | ${milliseconds.toFixed(1)} |`);
  if (taken[0]!.milliseconds > LIMIT_MILLISECONDS) process.exitCode = 1;
}
process.exit();
