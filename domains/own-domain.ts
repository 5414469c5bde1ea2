import type { Convention, Judgement, OwnProblem, Reference, Task } from '../verifiers/port.ts';
import { type Body, type Domain, type Draft, emptyBody, type Host, type Voting } from './port.ts';
import { ownProblem } from './reference.ts';
import { optionalText } from './row/text.ts';

/** What a judge is given. */
export interface OwnTask {
  readonly problem: OwnProblem;
  /** The model's whole turn, after its thinking. Untrusted. */
  readonly response: string;
  /** By which conventions an answer may stand; all where it is left out. */
  readonly accept?: readonly Convention[] | undefined;
}

/** Right or wrong, or with what is to stand on the record beside it. */
export type Judged = boolean | (Pick<Judgement, 'verdict'> & Partial<Judgement>);

export type Judge = (task: OwnTask, signal: AbortSignal) => Judged | Promise<Judged>;

export interface DomainSettings {
  readonly name: string;
  /** Default: the statement, and that the answer is to stand in a box. */
  readonly prompt?: string;
  /** Default: `answer` as it is, text or JSON, and `tests` as JSON. */
  readonly read?: (draft: Draft) => Body;
  /** Where answers of a model may vote for a reference that a row has not. */
  readonly voting?: Voting;
  /** What judges, or how it is opened, once a process. */
  readonly judge: Judge | { open(host: Host): OpenJudge | Promise<OpenJudge> };
}

export interface OpenJudge {
  readonly judge: Judge;
  close?(): Promise<void>;
}

/** A domain of one's own, from what is special about it. */
export const defineDomain = ({
  name,
  prompt = boxedPrompt,
  read = readAnswer,
  voting,
  judge,
}: DomainSettings): Domain => ({
  name,
  prompt,
  read,
  ...(voting && { voting }),
  reference: (problem): Reference => ({ domain: 'own', problem: ownProblem(problem) }),
  hasTests: false,
  open: async (host) => {
    const opened = typeof judge === 'function' ? { judge } : await judge.open(host);
    return {
      verify: async (task, signal) => judgementOf(await opened.judge(ownTask(task), signal)),
      close: async () => opened.close?.(),
    };
  },
});

export const boxedPrompt = '{statement}\n\nPlease reason step by step, and put your final answer within \\boxed{}.';

/** The answer of a row as text: JSON where it is no text. */
export const readAnswer = ({ answer, tests, choices }: Draft): Body => ({
  ...emptyBody,
  answer: typeof answer === 'object' && answer !== null ? JSON.stringify(answer) : optionalText(answer, 'answer'),
  choices: Array.isArray(choices) ? choices.map(String) : [],
  tests: tests === undefined || tests === null ? null : JSON.stringify(tests),
});

const ownTask = ({ reference, response, accept }: Task): OwnTask => {
  if (reference.domain !== 'own') throw new TypeError(`a domain of one's own was given a ${reference.domain} problem`);
  return { problem: reference.problem, response, accept };
};

const judgementOf = (judged: Judged): Judgement => {
  const said = typeof judged === 'boolean' ? { verdict: judged ? ('right' as const) : ('wrong' as const) } : judged;
  return { reason: said.verdict, extracted: null, found: null, passedShare: null, ...said };
};
