import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { problemSpans } from '../../../../cli/view/telemetry/problem-spans.ts';

const key = 'a1'.repeat(16);
const at = { stage: 'grade', partition: 0, offset: 7, key };

const watched = () => {
  const kept: Pick<ReadableSpan, 'name' | 'attributes'>[] = [];
  const exporter: SpanExporter = {
    export: (spans, done) => {
      for (const { name, attributes } of spans) kept.push({ name, attributes });
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const spans = problemSpans({ resource: resourceFromAttributes({}), version: '0', share: 1, exporter });
  return { ...spans, kept };
};

it('tells of a dead letter by its code: the message may quote a model', async () => {
  const { observe, close, kept } = watched();
  const death = { kind: 'dead-letter', code: 'bad-answer', message: 'read “secret words”' } as const;
  observe({ kind: 'taken', ...at });
  observe({ ...death, ...at, taken: true });
  observe({ ...death, ...at, key: 'no id: secret words', taken: false });
  await close();
  const { stage } = at;
  const attributes = {
    ...{ 'sluice.problem.id': key, 'sluice.stage': stage },
    ...{ 'sluice.outcome': 'dead-letter', 'error.type': 'bad-answer' },
  };
  expect(kept).toEqual([{ name: stage, attributes }]);
});

it('has no span of what was let go of, and of a decision only once it is durable', async () => {
  const { observe, close, kept } = watched();
  observe({ kind: 'taken', ...at });
  observe({ kind: 'lost', stage: 'grade', sources: [{ topic: 'problems', partition: 0 }] });
  observe({ kind: 'completed', ...at, ports: ['graded'] });
  const decided = { kind: 'decided', stage: 'sample', key } as const;
  observe({ ...decided, became: 'parked' });
  observe({ kind: 'committed', stage: 'sample', partition: 0, records: 1, milliseconds: 1 });
  observe({ ...decided, became: 'admitted' });
  await close();
  expect(kept.map(({ attributes }) => attributes['sluice.outcome'])).toEqual(['parked']);
});
