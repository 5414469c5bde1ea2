import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPooling } from '../../../../llm/ask/pooling.ts';
import { EndpointFault } from '../../../../llm/endpoint-fault.ts';
import { readCompletion, replyOf } from '../../../../llm/http/answers/completion.ts';
import { ErrorBody } from '../../../../llm/http/faults/error-body.ts';
import { completion } from '../../scripted-server.ts';

/** Whatever an endpoint says is read, or is a fault of the endpoint; nothing else comes of it. */
const readOrFault = (json: string, read: (json: string) => unknown): void => {
  try {
    read(json);
  } catch (error) {
    expect(error instanceof EndpointFault || error instanceof ErrorBody, String(error)).toBe(true);
  }
};

describe('whatever an endpoint answers', () => {
  const names = ['choices', 'message', 'content', 'finish_reason', 'usage', 'data', 'error', 'logprobs', '__proto__'];
  const anything = fc.jsonValue({ maxDepth: 4 });
  const nearly = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, anything, tie('object'), fc.array(tie('value'), { maxLength: 2 })),
    object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  })).object;

  it('is a completion or a fault', () => {
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (value) => {
        readOrFault(JSON.stringify(value), (json) => replyOf(readCompletion(json), []));
      }),
    );
  });

  it('is a list of scores or a fault', () => {
    fc.assert(
      fc.property(fc.oneof(anything, nearly), fc.nat(5), (value, steps) => {
        readOrFault(JSON.stringify(value), (json) => readPooling(json, steps));
      }),
    );
  });

  it('gives a reply of whole numbers and texts, also where a part of it is nonsense', () => {
    const parts = fc.record({ usage: anything, system_fingerprint: anything, created: anything }, { requiredKeys: [] });
    fc.assert(
      fc.property(parts, fc.string(), fc.oneof(fc.string(), fc.constant(null)), (rest, content, finish) => {
        const reply = replyOf(readCompletion(JSON.stringify(completion({ content }, rest, finish))), []);
        expect(Number.isSafeInteger(reply.usage.promptTokens + reply.usage.completionTokens)).toBe(true);
        expect(['stop', 'length', 'refused', 'other']).toContain(reply.finish);
      }),
    );
  });

  it('may be nested as deep as it likes', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    readOrFault(`{"choices": ${deep}}`, readCompletion);
    readOrFault(`{"choices": [], "usage": ${deep}}`, readCompletion);
  });

  it('is not parsed where it holds more values than any answer, but one text may be long', () => {
    const answering = (content: string, others: string) =>
      `{"choices":[{"message":{"content":${JSON.stringify(content)}}}${others}]}`;
    for (const other of ['{}', '[]', '1', '"a"', '{"a":1}'])
      expect(() => readCompletion(answering('42', `,${other}`.repeat(250_000)))).toThrow(/of more than 250000 values/);
    const marks = '{},[],'.repeat(250_000);
    expect(readCompletion(answering(marks, ',1'.repeat(200_000))).message.content).toBe(marks);
  });
});
