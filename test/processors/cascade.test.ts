import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatKey } from '../../llm/journal/journal-key.ts';
import { journaledChat, recalledChat } from '../../llm/journal/journaled.ts';
import type { ChatModel } from '../../llm/port.ts';
import { generate, type TeacherCapabilities } from '../../processors/generate.ts';
import type { Level } from '../../schemas/types.ts';
import { admittedOf } from '../helpers/flow.ts';
import { memoryJournal } from '../llm/journal/memory-journal.ts';

const never = new AbortController().signal;
const admitted = admittedOf('p');

/** A teacher by what each of its samples comes to. */
interface Teaches {
  readonly samples: readonly ('right' | 'wrong')[];
  readonly levels?: readonly Level[];
}

/** A process over a journal, which dies at its call of this number. */
const processOver = (
  { journal }: ReturnType<typeof memoryJournal>,
  all: readonly Teaches[],
  diesAt = Number.POSITIVE_INFINITY,
  fails?: { readonly teacher: string; readonly error: unknown },
) => {
  const sent: string[] = [];
  const teacherOf = ({ samples, levels }: Teaches, index: number): TeacherCapabilities => {
    const name = `teacher ${index}`;
    const key = chatKey({ model: name, maxTokens: 100 });
    const ask: ChatModel = async ({ sample }) => {
      if (sent.length === diesAt) throw new Error('killed');
      if (fails?.teacher === name) throw fails.error;
      sent.push(`${name} ${sample}`);
      const usage = { promptTokens: 1, completionTokens: 1 };
      const answer = samples[sample] === 'right' ? '1' : `wrong ${sample}`;
      return { reasoning: name, answer, finish: 'stop', usage, journaled: false, simulated: false };
    };
    return {
      name,
      levels: levels ?? null,
      teacher: journaledChat(ask, key, { journal, model: name }),
      recall: recalledChat(key, { journal }),
      samples: samples.length,
      race: 1,
      keeping: { count: 1, choose: 'first' },
      maxTokensRaised: null,
      prompt: ({ statement }) => [{ role: 'user', content: `${name}, ${statement}` }],
      verify: async ({ response }) => {
        const verdict = response === '1' ? 'right' : 'wrong';
        return { verdict, reason: 'compared', extracted: response, found: 'boxed', passedShare: null };
      },
      isOutOfBudget: (error) => error === 'no money',
      unfit: async () => null,
      suspect: () => false,
    };
  };
  const reference = ({ answer }: { answer: string | null }) => ({ domain: 'maths' as const, answer: answer ?? '' });
  const step = generate({ teachers: all.map(teacherOf), reference, studentPrompt: () => [] });
  return { run: () => step(admitted, never), sent };
};

const samples = fc.array(fc.constantFrom('right' as const, 'wrong' as const), { minLength: 1, maxLength: 3 });
const cascades = fc.array(fc.record({ samples }), { minLength: 1, maxLength: 4 });

describe('a cascade of teachers', () => {
  it('asks each only about what those before it failed; the first that verifies wins and is named', async () => {
    await fc.assert(
      fc.asyncProperty(cascades, async (all) => {
        const { run, sent } = processOver(memoryJournal(), all);
        const { cot, rejected } = await run();
        const winner = all.findIndex((one) => one.samples.includes('right'));
        const asked = winner < 0 ? all : all.slice(0, winner + 1);
        const expected = asked.flatMap((one, index) => {
          const until = one.samples.indexOf('right');
          const count = until < 0 ? one.samples.length : until + 1;
          return Array.from({ length: count }, (_none, sample) => `teacher ${index} ${sample}`);
        });
        expect(sent).toEqual(expected);
        const record = cot ?? rejected;
        expect(record?.teacher).toBe(`teacher ${asked.length - 1}`);
        expect(record?.messages[0]?.content).toContain(`teacher ${asked.length - 1}, `);
        expect(record?.attempts.map(({ teacher, sample }) => `${teacher} ${sample}`)).toEqual(expected);
        expect(cot === undefined).toBe(winner < 0);
      }),
    );
  });

  it('comes to the same whenever it was killed, and pays for no answer twice', async () => {
    await fc.assert(
      fc.asyncProperty(cascades, fc.array(fc.nat(4), { maxLength: 4 }), async (all, kills) => {
        const memory = memoryJournal();
        const sent: string[] = [];
        for (const at of kills) {
          const dying = processOver(memory, all, at);
          await dying.run().catch(() => {});
          sent.push(...dying.sent);
        }
        const last = processOver(memory, all);
        const output = await last.run();
        sent.push(...last.sent);
        const undisturbed = processOver(memoryJournal(), all);
        expect(output).toEqual(await undisturbed.run());
        expect(sent).toEqual(undisturbed.sent);
      }),
    );
  });

  it('passes over a teacher that is not for the level', async () => {
    const other = admitted.level === 'easy' ? 'level_1' : 'easy';
    const { run, sent } = processOver(memoryJournal(), [
      { samples: ['right'], levels: [other] },
      { samples: ['right'], levels: [admitted.level] },
    ]);
    expect((await run()).cot?.teacher).toBe('teacher 1');
    expect(sent).toEqual(['teacher 1 0']);
  });

  it('gives the admission back where the money of the one that it comes to has ended', async () => {
    const all: Teaches[] = [{ samples: ['wrong'] }, { samples: ['right'] }];
    const memory = memoryJournal();
    const poor = processOver(memory, all, undefined, { teacher: 'teacher 1', error: 'no money' });
    expect(await poor.run()).toMatchObject({ outcome: { became: 'returned' } });
    const later = processOver(memory, all);
    expect((await later.run()).cot?.teacher).toBe('teacher 1');
    expect(later.sent).toEqual(['teacher 1 0']);
  });
});
