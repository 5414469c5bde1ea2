import { hash } from 'node:crypto';
import { exerciseIn, rehearsalProblem } from '../exercises/problems.ts';
import { stepRewards } from './reward.ts';
import type { RehearsalSettings } from './settings.ts';
import { studentAnswer } from './student.ts';
import { teacherAnswer } from './teacher.ts';

/** A request's body, as far as it is looked at. */
export interface Body {
  readonly model?: unknown;
  readonly messages?: unknown;
  readonly input?: unknown;
  readonly seed?: unknown;
  readonly stream?: unknown;
  readonly max_tokens?: unknown;
}

export interface Answer {
  readonly model: string;
  /** Tells one request for the same thing from another: model, prompt and seed. */
  readonly identity: string;
  readonly prompt: string;
  /** Whether an exercise was found in the prompt. */
  readonly known: boolean;
  readonly content: string;
  readonly reasoning: string | null;
}

/** What the model that is named in the body says; `teacher` in its name makes it a teacher. */
export const chatAnswer = (body: Body, settings: RehearsalSettings): Answer => {
  const model = String(body.model);
  const prompt = promptOf(body.messages);
  const sample = typeof body.seed === 'number' ? body.seed : 0;
  const head = { model, prompt, identity: hash('sha256', `${model}\u0000${prompt}\u0000${sample}`) };
  const exercise = exerciseIn(prompt);
  if (exercise === null) return { ...head, known: false, content: 'I do not know.', reasoning: null };
  const asked = { model, problem: rehearsalProblem(exercise.seed, exercise.index), sample };
  if (model.includes('teacher')) {
    const { answer, reasoning } = teacherAnswer(asked, settings.seed, settings.teacher);
    return { ...head, known: true, content: answer, reasoning };
  }
  const ability = settings.students[model] ?? settings.ability;
  return { ...head, known: true, content: studentAnswer(asked, settings.seed, ability), reasoning: null };
};

export interface Rewards {
  readonly model: string;
  readonly identity: string;
  readonly prompt: string;
  readonly known: boolean;
  /** Probability of being right, a step. */
  readonly rewards: readonly number[];
}

/** What the process reward model makes of the steps before each `<extra_0>` of the last message. */
export const poolingAnswer = (body: Body, settings: RehearsalSettings): Rewards => {
  const model = String(body.model);
  const prompt = body.messages === undefined ? String([body.input].flat()[0]) : promptOf(body.messages);
  const last = Array.isArray(body.messages) ? promptOf(body.messages.slice(-1)) : prompt;
  const steps = last.split('<extra_0>').slice(0, -1);
  const identity = hash('sha256', `${model}\u0000${prompt}`);
  const exercise = exerciseIn(prompt);
  if (exercise === null) return { model, identity, prompt, known: false, rewards: steps.map(() => 0.5) };
  const problem = rehearsalProblem(exercise.seed, exercise.index);
  return { model, identity, prompt, known: true, rewards: stepRewards(problem, steps, settings.seed) };
};

const promptOf = (messages: unknown): string =>
  Array.isArray(messages) ? messages.map((message) => String(message?.content ?? '')).join('\n') : '';
