import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cotLine, type Message } from '../../../datasets/out/canonical.ts';
import { loadChatModel } from '../../../datasets/preflight/chat-model.ts';
import { preflight } from '../../../datasets/preflight/preflight.ts';
import { cot } from '../records.ts';
import { modelFolder, templates } from './model-folder.ts';

const conversation = (changes: Partial<ReturnType<typeof cot>> = {}): readonly Message[] =>
  cotLine(cot(changes), 'r').messages;

async function* each(...conversations: (readonly Message[])[]) {
  yield* conversations;
}

const flight = async (template: string, ...conversations: (readonly Message[])[]) =>
  preflight(each(...conversations), { model: await loadChatModel(await modelFolder(template)) });

/** Every byte is a token but for the two marks, which are one each. */
const tokensOf = (text: string) => Buffer.byteLength(text.replaceAll(/<\|end\|>|<s>/g, '.'));

describe('preflight', () => {
  it('counts the whole conversation as the template renders it', async () => {
    const [user, assistant] = conversation() as [Message, Message];
    const { records, tokens, thinking, emptyMask, shifted, warnings } = await flight(templates.keeps, [
      user,
      assistant,
    ]);
    const length = tokensOf(`<s><|user|>${user.content}<|end|><|assistant|>${assistant.content}<|end|>`);
    expect({ records, tokens, thinking, emptyMask, shifted, warnings }).toEqual({
      records: 1,
      tokens: { p50: length, p90: length, p99: length, max: length },
      thinking: { written: 1, survives: 1, doubled: 0 },
      emptyMask: 0,
      shifted: 0,
      warnings: [],
    });
  });

  it('catches a template that drops thinking', async () => {
    const { thinking, warnings } = await flight(templates.drops, conversation(), conversation({ reasoning: '' }));
    expect(thinking).toEqual({ written: 1, survives: 0, doubled: 0 });
    expect(warnings[0]).toBe(
      '1 of 2 records: the chat template drops the thinking; train with a template that keeps it.',
    );
  });

  it('catches a template that writes the opening tag a second time', async () => {
    const { thinking, warnings } = await flight(templates.doubles, conversation());
    expect(thinking).toEqual({ written: 1, survives: 1, doubled: 1 });
    expect(warnings[0]).toMatch(/writes <think> where the record has one already/);
  });

  it('catches a template after whose prompt nothing is left to learn', async () => {
    const { emptyMask, warnings } = await flight(templates.forgets, conversation());
    expect(emptyMask).toBe(1);
    expect(warnings.join('\n')).toMatch(/nothing follows the prompt/);
  });

  it('counts what the trainers would cut by default, and names the option', async () => {
    const long = conversation({ reasoning: 'x'.repeat(1500) });
    const longer = conversation({ reasoning: 'x'.repeat(3000) });
    const asked = conversation({ prompt: 'y'.repeat(1100) });
    const { limits, warnings } = await flight(templates.keeps, conversation(), long, longer, asked);
    expect(limits.map(({ option, over, unlearnable }) => [option, over, unlearnable])).toEqual([
      ['sequence_len', 3, 1],
      ['max_length', 3, 1],
      ['data.max_length', 3, 1],
      ['cutoff_len', 1, 0],
    ]);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^3 of 4 records: longer than 1024 tokens and would be cut by TRL .* \(max_length\)/),
    );
  });

  it('counts against a length of the own choice', async () => {
    const model = await loadChatModel(await modelFolder(templates.keeps));
    const { limits } = await preflight(each(conversation(), conversation({ reasoning: 'x'.repeat(900) })), {
      model,
      maxLength: 500,
    });
    expect(limits[0]).toMatchObject({ length: 500, over: 1 });
  });

  it('says nothing of nothing', async () => {
    const { records, warnings, tokens } = await flight(templates.keeps);
    expect([records, warnings, tokens.max]).toEqual([0, [], 0]);
  });
});

describe('loadChatModel', () => {
  it('takes a template from a file of its own', async () => {
    const model = await loadChatModel(await modelFolder(templates.keeps, 'file'));
    expect(
      model.render(
        [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Ho' },
        ],
        'prompt',
      ),
    ).toBe('<s><|user|>Hi<|end|><|assistant|>');
  });

  it('tells what is missing or broken', async () => {
    await expect(loadChatModel('/nowhere')).rejects.toMatchObject({ code: 'file-missing' });
    await expect(loadChatModel(await modelFolder(null))).rejects.toMatchObject({ code: 'template-broken' });
    await expect(loadChatModel(await modelFolder('{% if %}'))).rejects.toMatchObject({ code: 'template-broken' });
    const refusing = await loadChatModel(await modelFolder("{{ raise_exception('no') }}"));
    expect(() => refusing.render([], 'end')).toThrow(/fails on these messages/);
    const broken = await modelFolder(templates.keeps);
    await writeFile(join(broken, 'tokenizer.json'), '{}');
    await expect(loadChatModel(broken)).rejects.toMatchObject({ code: 'tokenizer-unreadable' });
  });
});
