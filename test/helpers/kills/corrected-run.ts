import { problemId } from '../../../datasets/problem-id.ts';
import { answered } from '../models/model-replies.ts';
import { modelServer } from '../models/model-server.ts';
import { type Place, place } from '../sluice.ts';

const PROBLEMS = 60;
const isCorrupted = (number: number): boolean => number % 6 === 0;
const row = (number: number, answer = number + 1) => ({
  statement: `Problem ${number}.`,
  domain: 'maths',
  answer: String(answer),
});

/** What corrections in the middle of a run come to. */
export interface CorrectedRun {
  /** Whether the run was at work when it was killed, before the corrections. */
  readonly wasKilled: boolean;
  /** What the run says when it goes on. */
  readonly said: string;
  /** What is emitted: by the run that goes on, by its replay, and by a run over a clean file. */
  readonly sets: Readonly<Record<'begun' | 'replayed' | 'clean', readonly string[]>>;
  /** The problems that were corrected, as those lines name them. */
  readonly corrected: readonly string[];
  /** Calls that the replay made. */
  readonly asked: number;
  /** What is in the report of the replay. */
  readonly states: Readonly<Record<string, number>>;
}

/**
 * A run over references of which a sixth is wrong is killed half way; they are corrected, it goes on, and is replayed.
 * @param transport of those; the clean run is on an embedded store of its own
 */
export const correctedRun = async (transport: object): Promise<CorrectedRun> => {
  const server = await modelServer({
    chat: ({ model, text }) => {
      const number = Number(/\d+/.exec(text)?.[0]);
      const isRight = model === 'teacher' || number % 2 === 0;
      return answered(`\\boxed{${isRight ? number + 1 : number + 7}}`, 'thinking');
    },
    score: ({ steps }) => steps.map(() => 0.5),
    latency: () => 20,
  });
  const model = { baseUrl: `${server.url}/v1`, prompt: { maths: '{statement}' }, concurrency: 4 };
  const there = place();
  const configure = (run: string, file: string, over: object) =>
    there.configure({
      run,
      problems: [{ path: file }],
      student: { ...model, model: 'student' },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { distribution: 'natural' },
      teacher: { ...model, model: 'teacher', seed: 1, samples: 2 },
      transport: over,
      output: { dir: run },
    });
  try {
    const all = Array.from({ length: PROBLEMS }, (_, number) => number);
    there.write(
      'problems.jsonl',
      all.map((number) => (isCorrupted(number) ? row(number, number + 1000) : row(number))),
    );
    there.write(
      'clean.jsonl',
      all.map((number) => row(number)),
    );
    configure('begun', 'problems.jsonl', transport);
    const started = there.start('run');
    await Promise.race([server.when(() => server.different('teacher') >= 8), started.ended]);
    const wasKilled = started.running();
    await started.kill();
    const wrong = all.filter(isCorrupted);
    there.write(
      'corrections.jsonl',
      wrong.map((number) => ({ id: idOf(number), answer: number + 1 })),
    );
    await given(there, 'problems', 'correct', '--from', 'corrections.jsonl');
    const said = await given(there, 'run');

    const before = server.calls.length;
    configure('replayed', 'problems.jsonl', transport);
    await given(there, 'replay');
    const asked = server.calls.length - before;
    configure('clean', 'clean.jsonl', { kind: 'embedded', path: 'clean-store' });
    await given(there, 'run');
    return {
      ...{ wasKilled, said, asked, states: there.report('replayed').states },
      corrected: wrong.map((number) => row(number).statement),
      sets: { begun: setOf(there, 'begun'), replayed: setOf(there, 'replayed'), clean: setOf(there, 'clean') },
    };
  } finally {
    there.remove();
    await server.close();
  }
};

const idOf = (number: number): string => problemId({ ...row(number), choices: [], tests: null });

/** What a command says beside its result; it has to end well. */
const given = async (there: Place, ...args: string[]): Promise<string> => {
  const { code, stderr } = await there.runHere(...args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return stderr;
};

const setOf = (there: Place, run: string): string[] =>
  there
    .lines<Record<string, unknown>>('cot.jsonl', run)
    .map(({ problem, reference, level, reasoning, answer }) =>
      JSON.stringify({ problem, reference, level, reasoning, answer }),
    )
    .sort();
