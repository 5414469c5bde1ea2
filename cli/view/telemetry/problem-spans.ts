import { ROOT_CONTEXT, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { RuntimeEvent } from '../../../runtime/events.ts';

export interface SpanSettings {
  readonly resource: Resource;
  readonly version: string;
  /** Of the problems, 0 to 1. */
  readonly share: number;
  readonly exporter: SpanExporter;
}

/**
 * A span for each stage that a sampled problem goes through. The id of the trace is that of the problem (both have 128
 * bits, W3C Trace Context 3.2.2.3), so that the stages find together from whichever processes they come, and every
 * process samples the same problems. A span says which, where and what came of it; texts stay out.
 */
export const problemSpans = ({ resource, version, share, exporter }: SpanSettings) => {
  const random = new RandomIdGenerator();
  let traceId = '';
  const provider = new TracerProvider({
    resource,
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: { generateTraceId: () => traceId, generateSpanId: () => random.generateSpanId() },
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('sluice', version);
  const open = openSpans();
  const begin = (stage: string, key: string): Span | null => {
    if (!isProblem.test(key)) return null;
    traceId = key;
    const attributes = { 'sluice.problem.id': key, 'sluice.stage': stage };
    const span = tracer.startSpan(stage, { root: true, attributes }, ROOT_CONTEXT);
    return span.isRecording() ? span : null;
  };
  return {
    observe: (event: RuntimeEvent): void => {
      if (event.kind === 'taken') open.put(event, begin(event.stage, event.key));
      else if (event.kind === 'completed') {
        open
          .take(event)
          ?.setAttribute('sluice.outcome', event.ports.join(',') || 'nothing')
          .end();
      } else if (event.kind === 'dead-letter') {
        // Its message may quote a model.
        const span = open.take(event) ?? begin(event.stage, event.key);
        span?.setAttributes({ 'sluice.outcome': 'dead-letter', 'error.type': event.code });
        span?.setStatus({ code: SpanStatusCode.ERROR }).end();
      } else if (event.kind === 'decided') {
        const span = begin(event.stage, event.key)?.setAttribute('sluice.outcome', event.became);
        if (span) open.decided(event.stage, span);
      } else if (event.kind === 'committed') for (const span of open.committed(event.stage)) span.end();
      else if (event.kind === 'lost') for (const source of event.sources) open.drop(event.stage, source.partition);
    },
    close: () => provider.shutdown(),
  };
};

/** The id of a problem, and of a trace; all zeros is neither. */
const isProblem = /^(?!0{32})[0-9a-f]{32}$/;

interface Place {
  readonly stage: string;
  readonly partition: number;
  readonly offset: number;
}

/** Spans of the records in hand, and of decisions that no commit has made durable yet. */
const openSpans = () => {
  const inHand = new Map<string, Map<number, Span>>();
  const undurable = new Map<string, Span[]>();
  const nameOf = (stage: string, partition: number): string => `${stage}/${partition}`;
  return {
    put: ({ stage, partition, offset }: Place, span: Span | null): void => {
      if (!span) return;
      const name = nameOf(stage, partition);
      const spans = inHand.get(name) ?? new Map<number, Span>();
      inHand.set(name, spans.set(offset, span));
    },
    take: ({ stage, partition, offset }: Place): Span | undefined => {
      const spans = inHand.get(nameOf(stage, partition));
      const span = spans?.get(offset);
      spans?.delete(offset);
      return span;
    },
    /** What was in hand comes again, here or elsewhere. */
    drop: (stage: string, partition: number): void => {
      inHand.delete(nameOf(stage, partition));
      undurable.delete(stage);
    },
    decided: (stage: string, span: Span): void => {
      const spans = undurable.get(stage) ?? [];
      spans.push(span);
      undurable.set(stage, spans);
    },
    committed: (stage: string): readonly Span[] => {
      const spans = undurable.get(stage) ?? [];
      undurable.delete(stage);
      return spans;
    },
  };
};
