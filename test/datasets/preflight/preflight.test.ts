import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cotLine, type Message } from '../../../datasets/out/exporters/canonical.ts';
import { loadChatModel } from '../../../datasets/preflight/chat-model.ts';
import { openInspector } from '../../../datasets/preflight/inspector.ts';
import { preflight } from '../../../datasets/preflight/preflight.ts';
import { cot } from '../records.ts';
import { modelFolder, templates } from './model-folder.ts';

const conversation = (changes: Partial<ReturnType<typeof cot>> = {}): readonly Message[] =>
  cotLine(cot(changes), 'r').messages;

async function* each(...conversations: (readonly Message[])[]) {
  yield* conversations;
}

const flight = async (template: string, ...conversations: (readonly Message[])[]) =>
  preflight(each(...conversations), { inspector: await inspectorOf(template) });

const inspectorOf = async (template: string) => {
  const inspector = await openInspector(await modelFolder(template));
  onTestFinished(inspector.close);
  return inspector;
};

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
    const asked = conversation({ messages: [{ role: 'user', content: 'y'.repeat(1100) }] });
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
    const inspector = await inspectorOf(templates.keeps);
    const all = each(conversation(), conversation({ reasoning: 'x'.repeat(900) }));
    const { limits } = await preflight(all, { inspector, maxLength: 500 });
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
    expect(() => refusing.render([], 'end')).toThrow(/fails on a conversation/);
    const broken = await modelFolder(templates.keeps);
    await writeFile(join(broken, 'tokenizer.json'), '{}');
    await expect(loadChatModel(broken)).rejects.toMatchObject({ code: 'tokenizer-unreadable' });
  });
});

describe('openInspector', () => {
  const endless =
    "{% for a in range(100000) %}{% for b in range(100000) %}{% if messages[0]['content'] == 'no' %}x{% endif %}{% endfor %}{% endfor %}";
  const growing =
    "{% set ns = namespace(t='x') %}{% for a in range(99) %}{% set ns.t = ns.t + ns.t %}{{ ns.t }}{% endfor %}";

  it.for([
    ['runs without end', endless, /gives nothing for 0.5 s; check chat template/],
    [
      'raises',
      "{{ raise_exception('only one system turn') }}",
      /fails on a conversation \(only one system turn\); check it/,
    ],
    ['asks for what there is not', '{{ messages | no_such_filter }}', /no_such_filter.*; check it, or leave/],
  ] as const)('a template that %s is told, and holds nothing up', async ([, template, message]) => {
    const inspector = await openInspector(await modelFolder(template), template === endless ? 500 : 60_000);
    onTestFinished(inspector.close);
    const inspecting = inspector.inspect([conversation()]);
    await expect(inspecting).rejects.toMatchObject({
      code: 'template-broken',
      message: expect.stringMatching(message),
    });
  });

  it('a template that grows without end takes its own thread down, and nothing else', async () => {
    const inspector = await openInspector(await modelFolder(growing));
    onTestFinished(inspector.close);
    await expect(inspector.inspect([conversation()])).rejects.toMatchObject({ code: 'template-broken' });
  });

  it('tells what is missing as loading does', async () => {
    await expect(openInspector('/nowhere')).rejects.toMatchObject({
      code: 'file-missing',
      file: '/nowhere/tokenizer_config.json',
    });
  });
});
