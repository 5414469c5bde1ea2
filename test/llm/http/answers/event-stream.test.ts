import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStream } from '../../../../llm/http/answers/event-stream.ts';

const read = (...pieces: readonly string[]): string[] => {
  const events: string[] = [];
  const stream = eventStream((data) => events.push(data));
  for (const piece of pieces) stream.take(piece);
  stream.end();
  return events;
};

describe('an event stream', () => {
  it.each([
    ['an event', 'data: a\n\n', ['a']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['only the first space taken off', 'data:  a\n\n', [' a']],
    ['several lines of data', 'data: a\ndata: b\n\n', ['a\nb']],
    ['comments, blank lines and other fields', ': hi\n\n\nevent: x\nid: 1\ndata: a\n\n: hi\n', ['a']],
    ['ends of lines of all kinds', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c']],
    ['an event that nothing follows', 'data: a', ['a']],
    ['nothing', '', []],
  ])('holds %s', (_what, text, events) => {
    expect(read(text)).toEqual(events);
  });

  it('is the same wherever it was cut', () => {
    const line = fc.constantFrom('data: a', 'data: {"b": "\\n"}', ': c', '', 'event: d');
    const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'))).map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 10 }), (whole, cuts) => {
        const places = [
          0,
          ...cuts.filter((cut) => cut < whole.length).sort((left, right) => left - right),
          whole.length,
        ];
        const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place));
        expect(read(...pieces)).toEqual(read(whole));
      }),
    );
  });

  it('is refused where a line has no end', () => {
    const piece = 'x'.repeat(1024 * 1024);
    expect(() => read(...Array.from({ length: 10 }, () => piece))).toThrow(/more than 4194304 characters/);
  });

  it('is refused where an event has no end, however short its lines', () => {
    const piece = 'data: a\n'.repeat(128 * 1024);
    expect(() => read(...Array.from({ length: 10 }, () => piece))).toThrow(/more than 4194304 characters/);
    expect(() => read(...Array.from({ length: 10 }, () => `${piece}\n`))).not.toThrow();
  });
});
