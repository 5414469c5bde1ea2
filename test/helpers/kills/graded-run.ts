import { settingsOf } from '../../../flow/settings/parse.ts';
import type { SettingsInput } from '../../../flow/settings/schema.ts';
import { attach } from '../../../flow/store/attach.ts';
import { topics } from '../../../topologies/topics.ts';
import { readAll } from '../flow.ts';
import { graderSays } from '../graders/grader-server.ts';
import { isAlive, pidsIn } from '../graders/graders.ts';
import { answered } from '../models/model-replies.ts';
import { type ModelServer, modelServer } from '../models/model-server.ts';
import { type Ended, place } from '../sluice.ts';

export interface GradedRun {
  readonly problems: number;
  /** How the domain is judged. */
  readonly grader: { readonly kind: string; readonly [key: string]: unknown };
  /** What some answers make the grader do: a dead letter of the one that asked. */
  readonly bad: readonly string[];
  readonly transport?: object;
  /** After how many different answers of the student the run is killed, each time. */
  readonly kills: readonly number[];
}

export interface GradedEnd {
  readonly last: Ended;
  /** How many kills met a run at work. */
  readonly killed: number;
  /** What breaks the law: a verdict that is not the grader's, a problem that is lost, doubled or dead without a cause. */
  readonly broken: readonly string[];
  readonly dead: number;
  readonly verdicts: { readonly right: number; readonly wrong: number };
  /** Processes of graders that were ever started, and those that outlived their run. */
  readonly graders: number;
  readonly outlived: readonly number[];
}

/** A whole run over problems of an own domain whose grader misbehaves on some, killed again and again. */
export const gradedRun = async ({ problems, grader, bad, transport, kills }: GradedRun): Promise<GradedEnd> => {
  const what = (index: number): string => (index % 97 === 50 ? `[${bad[((index - 50) / 97) % bad.length]}] ` : '');
  const says = (index: number): string => `${what(index)}My answer is ${index % 3}`;
  const server = await modelServer({
    chat: ({ text, model }) => {
      const index = Number(/Problem (\d+)\./.exec(text)?.[1]);
      return answered(model === 'teacher' ? 'It is 1' : says(index));
    },
    latency: ({ number }) => 5 + ((number * 37) % 20),
  });
  const config = configOf(server, grader, transport);
  const there = place(config);
  there.write(
    'problems.jsonl',
    Array.from({ length: problems }, (_, index) => ({ statement: `Problem ${index}.`, answer: '1' })),
  );
  const outlived: number[] = [];
  const isGone = async (): Promise<void> => {
    for (const pid of pidsIn(there.folder)) {
      for (let tries = 0; tries < 300 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
      if (isAlive(pid)) outlived.push(pid);
    }
  };
  try {
    let killed = 0;
    for (const calls of kills) {
      const run = there.start('run');
      await Promise.race([server.when(() => server.different('student') >= calls), run.ended]);
      killed += run.running() ? 1 : 0;
      await run.kill();
      await isGone();
    }
    const last = await there.run('run', '--json');
    await isGone();
    const found = await recordsOf(config, there.folder);
    const wanted = (index: number) =>
      bad.some((one) => what(index).includes(one)) ? null : graderSays('1', says(index));
    return {
      ...{ last, killed, outlived, graders: pidsIn(there.folder).length },
      ...judged(found, problems, wanted),
    };
  } finally {
    there.remove();
    await server.close();
  }
};

const configOf = ({ url }: ModelServer, grader: object, transport?: object): SettingsInput =>
  ({
    run: 'graded',
    problems: [{ path: 'problems.jsonl', domain: 'own' }],
    domains: { own: grader },
    student: { baseUrl: `${url}/v1`, model: 'student', attempts: 2, concurrency: 64 },
    levels: { by: 'pass-rate' },
    target: { records: 60, distribution: 'natural', admit: 'after-grading' },
    teacher: { baseUrl: `${url}/v1`, model: 'teacher', samples: 1, concurrency: 16 },
    ...(transport && { transport }),
  }) as SettingsInput;

const recordsOf = async (config: SettingsInput, folder: string) => {
  const transport = await attach(settingsOf(config, { folder }));
  try {
    return { graded: await readAll(transport, topics.graded), letters: await readAll(transport, topics.deadLetters) };
  } finally {
    await transport.close();
  }
};

const judged = (
  { graded, letters }: Awaited<ReturnType<typeof recordsOf>>,
  problems: number,
  wanted: (index: number) => string | null,
): Pick<GradedEnd, 'broken' | 'dead' | 'verdicts'> => {
  const times = new Map<number, number>();
  const broken: string[] = [];
  const verdicts = { right: 0, wrong: 0 };
  for (const { problem, grade } of graded) {
    const index = Number(/Problem (\d+)\./.exec(problem.statement)?.[1]);
    times.set(index, (times.get(index) ?? 0) + 1);
    if (grade.verdict !== wanted(index)) broken.push(`${index} is ${grade.verdict}, not ${wanted(index)}`);
    else verdicts[grade.verdict as 'right' | 'wrong']++;
  }
  const expected = Array.from({ length: problems }, (_, index) => index);
  for (const index of expected) {
    const count = times.get(index) ?? 0;
    if (count !== (wanted(index) === null ? 0 : 1)) broken.push(`${index} is graded ${count} times`);
  }
  const dead = letters.length;
  const due = expected.filter((index) => wanted(index) === null).length;
  if (dead !== due) broken.push(`${dead} dead letters where ${due} are due: ${letters.map(({ code }) => code)}`);
  return { broken, dead, verdicts };
};
