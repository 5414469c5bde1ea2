import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatKey } from '../../llm/journal/journal-key.ts';
import { journaledChat, recalledChat } from '../../llm/journal/journaled.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../llm/port.ts';
import { generate, type TeacherCapabilities } from '../../processors/generate.ts';
import { admittedOf } from '../helpers/flow.ts';
import { memoryJournal } from '../llm/journal/memory-journal.ts';

const RAISED = 200;
const key = chatKey({ model: 'teacher', maxTokens: 100 });
const never = new AbortController().signal;
const admitted = admittedOf('p');

/** What a sample comes to: right, wrong, empty, refused, or cut off and then one of these with more room. */
const kinds = ['right', 'wrong', 'empty', 'refused', 'cut, right', 'cut, wrong', 'cut, cut'] as const;
type Kind = (typeof kinds)[number];

const replyOf = (kind: Kind, { sample, maxTokens }: ChatRequest): ChatReply => {
  const [first, second = first] = kind.split(', ') as [string, string?];
  const now = maxTokens === RAISED ? second : first;
  return {
    reasoning: `thought ${sample}${maxTokens === RAISED ? ' at length' : ''}`,
    answer: now === 'right' ? '1' : now === 'empty' ? ' ' : `wrong ${sample}`,
    finish: now === 'cut' ? 'length' : now === 'refused' ? 'refused' : 'stop',
    usage: { promptTokens: 1, completionTokens: sample },
    journaled: false,
    simulated: false,
  };
};

const nameOf = ({ sample, maxTokens }: ChatRequest): string => `${sample}${maxTokens === RAISED ? ' raised' : ''}`;

interface World {
  readonly kinds: readonly Kind[];
  readonly race: number;
  /** How many verified answers are wanted. */
  readonly count?: number;
  readonly raises: boolean;
}

/** A process over a journal: the processor with a teacher that answers when `turn` lets it. */
const processOver = (
  { journal }: ReturnType<typeof memoryJournal>,
  { kinds: all, race, raises, count = 1 }: World,
  turn: () => Promise<unknown>,
) => {
  const sent: string[] = [];
  const answered: string[] = [];
  let verified = 0;
  const model: ChatModel = async (request, signal) => {
    sent.push(nameOf(request));
    await turn();
    signal.throwIfAborted();
    answered.push(nameOf(request));
    return replyOf(all[request.sample] as Kind, request);
  };
  const only: TeacherCapabilities = {
    teacher: journaledChat(model, key, { journal, model: 'teacher' }),
    name: 'teacher',
    levels: null,
    recall: recalledChat(key, { journal }),
    samples: all.length,
    race,
    keeping: { count, choose: 'first' },
    maxTokensRaised: raises ? RAISED : null,
    prompt: ({ statement }) => [{ role: 'user', content: statement }],
    verify: async ({ response }) => {
      verified++;
      const verdict = response === '1' ? 'right' : 'wrong';
      return { verdict, reason: 'compared', extracted: response, found: 'boxed', passedShare: null };
    },
    isOutOfBudget: (error) => error === 'no money',
    unfit: async () => null,
    suspect: () => false,
  };
  const reference = ({ answer }: { answer: string | null }) => ({ domain: 'maths' as const, answer: answer ?? '' });
  const step = generate({ teachers: [only], reference, studentPrompt: only.prompt });
  return {
    run: (signal: AbortSignal) => step(admitted, signal),
    announce: (ended: AbortSignal) => step({ ...admitted, admission: -1, ahead: true }, never, ended),
    ...{ sent, answered, verifications: () => verified },
  };
};

/** What one sample after another would come to. */
const oracle = ({ kinds: all, raises, count = 1 }: World): string[] => {
  const outcomes: string[] = [];
  for (const kind of all) {
    const [first, second = first] = kind.split(', ') as [string, string?];
    const last = first === 'cut' && raises ? second : first;
    const names: Record<string, string> = { right: 'verified', wrong: 'unverified', cut: 'truncated' };
    outcomes.push(names[last] ?? last);
    if (outcomes.filter((one) => one === 'verified').length === count) break;
  }
  return outcomes;
};

const worlds = fc.record({
  kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 5 }),
  race: fc.integer({ min: 1, max: 4 }),
  count: fc.integer({ min: 1, max: 3 }),
  raises: fc.boolean(),
});

describe('generate', () => {
  it('gives what one sample after another would give, whoever answers first and whenever it was killed', async () => {
    const kills = fc.array(fc.nat({ max: 8 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(worlds, kills, fc.scheduler(), async (world, turns, scheduler) => {
        const memory = memoryJournal();
        const received = new Set<string>();
        let output: unknown;
        for (const left of [...turns, Number.POSITIVE_INFINITY]) {
          const death = new AbortController();
          const one = processOver(memory, world, () => scheduler.schedule(Promise.resolve()));
          const ended = one.run(death.signal).catch((error: unknown) => error);
          for (let turn = 0; turn < left && (await isWaiting(scheduler)); turn++) await scheduler.waitOne();
          death.abort('killed');
          if (left === Number.POSITIVE_INFINITY) output = await ended;
          while (await isWaiting(scheduler)) await scheduler.waitOne();
          // An answer that was received is never asked for again, and nothing is sent behind the rounds.
          for (const name of one.sent) expect(received.has(name)).toBe(false);
          for (const name of one.answered) received.add(name);
        }
        const { cot, rejected } = output as Awaited<ReturnType<ReturnType<typeof generate>>>;
        const outcomes = oracle(world);
        expect((cot ?? rejected)?.attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
        const kept = cot ? [cot, ...cot.others].map(({ sample }) => sample) : [];
        expect(kept).toEqual(outcomes.flatMap((one, sample) => (one === 'verified' ? [sample] : [])));
        const rounds = Math.ceil(outcomes.length / world.race);
        const farthest = Math.max(...[...received].map((name) => Number.parseInt(name, 10)));
        expect(farthest).toBeLessThan(Math.min(rounds * world.race, world.kinds.length));
        const uninterrupted = processOver(memoryJournal(), world, async () => {});
        expect(output).toEqual(await uninterrupted.run(never));
      }),
      { numRuns: 300 },
    );
  });

  it('sends nothing and judges each answer once where the journal holds all of it', async () => {
    const memory = memoryJournal();
    const world: World = { kinds: ['wrong', 'wrong', 'cut, right', 'wrong'], race: 2, raises: true };
    const before = await processOver(memory, world, async () => {}).run(never);
    const again = processOver(memory, world, async () => {});
    expect(await again.run(never)).toEqual(before);
    expect(again.sent).toEqual([]);
    expect(again.verifications()).toBe(3);
  });

  it('sends nothing behind a verified answer of the journal', async () => {
    const memory = memoryJournal();
    const world: World = { kinds: ['right', 'right', 'right'], race: 1, raises: false };
    await processOver(memory, world, async () => {}).run(never);
    const again = processOver(memory, { ...world, race: 3 }, async () => {});
    await again.run(never);
    expect(again.sent).toEqual([]);
  });

  it('keeps a verified answer although the money ended for the sample before it', async () => {
    const memory = memoryJournal();
    const world: World = { kinds: ['wrong', 'right'], race: 2, raises: false };
    let calls = 0;
    const poor = processOver(memory, world, () => (calls++ === 0 ? Promise.reject('no money') : Promise.resolve()));
    expect((await poor.run(never)).cot?.attempts).toMatchObject([{ sample: 1, outcome: 'verified' }]);
    const broke = processOver(memoryJournal(), world, () => Promise.reject('no money'));
    expect(await broke.run(never)).toMatchObject({ outcome: { became: 'returned' } });
  });

  it('keeps the verified answers that it has when the money ends for the others', async () => {
    const world: World = { kinds: ['right', 'right', 'right', 'right'], race: 1, raises: false, count: 4 };
    let calls = 0;
    const poor = processOver(memoryJournal(), world, () =>
      calls++ < 2 ? Promise.resolve() : Promise.reject('no money'),
    );
    expect((await poor.run(never)).cot).toMatchObject({ sample: 0, others: [{ sample: 1 }] });
  });

  it('asks about what is announced, and makes nothing of it before its admission', async () => {
    const memory = memoryJournal();
    const world: World = { kinds: ['wrong', 'cut, right', 'right'], race: 1, raises: true };
    const ahead = processOver(memory, world, async () => {});
    expect(await ahead.announce(never)).toEqual({});
    expect(ahead.sent).toEqual(['0', '1', '1 raised']);
    const admission = processOver(memory, world, async () => {});
    expect((await admission.run(never)).cot).toMatchObject({ sample: 1 });
    expect(admission.sent).toEqual([]);
  });

  it('gives up what is announced when no admission can follow, and says nothing of its failures', async () => {
    const world: World = { kinds: ['right'], race: 1, raises: false };
    const ended = new AbortController();
    const slow = processOver(memoryJournal(), world, () => new Promise(() => {}));
    const announced = slow.announce(ended.signal);
    ended.abort(new Error('ended'));
    expect(await announced).toEqual({});
    for (const reason of ['no money', new Error('no such model')]) {
      const failing = processOver(memoryJournal(), world, () => Promise.reject(reason));
      expect(await failing.announce(never)).toEqual({});
    }
  });

  it('is a failure where a sample before the verified one failed', async () => {
    const world: World = { kinds: ['wrong', 'right'], race: 2, raises: false };
    let calls = 0;
    const failing = processOver(memoryJournal(), world, () =>
      calls++ === 0 ? Promise.reject(new Error('no such model')) : Promise.resolve(),
    );
    await expect(failing.run(never)).rejects.toThrow('no such model');
  });
});

/** Whether a model still has an answer to give, after all that can go on without one. */
const isWaiting = async (scheduler: fc.Scheduler): Promise<boolean> => {
  for (let turn = 0; turn < 20 && scheduler.count() === 0; turn++)
    await new Promise((resolve) => setImmediate(resolve));
  return scheduler.count() > 0;
};
