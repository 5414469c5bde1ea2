import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

/** What opentelemetry-proto 1.5 says of that which a run sends. */
const { root } = protobuf.parse(`syntax = "proto3";
message AnyValue { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; }
message KeyValue { string key = 1; AnyValue value = 2; }
message Resource { repeated KeyValue attributes = 1; }
message Status { string message = 2; int32 code = 3; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9; Status status = 15;
}
message ScopeSpans { repeated Span spans = 2; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Traces { repeated ResourceSpans resource_spans = 1; }
message NumberDataPoint { double as_double = 4; repeated KeyValue attributes = 7; }
message HistogramDataPoint {
  fixed64 count = 4; double sum = 5; repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
  repeated KeyValue attributes = 9;
}
message Gauge { repeated NumberDataPoint data_points = 1; }
message Sum { repeated NumberDataPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
message Histogram { repeated HistogramDataPoint data_points = 1; int32 aggregation_temporality = 2; }
message Metric { string name = 1; Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9; }
message ScopeMetrics { repeated Metric metrics = 2; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message Metrics { repeated ResourceMetrics resource_metrics = 1; }`);

type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface CollectedSpan {
  readonly resource: Attributes;
  readonly traceId: string;
  readonly name: string;
  readonly nanoseconds: bigint;
  readonly attributes: Attributes;
  /** 2 is an error. */
  readonly status: number;
}

export interface CollectedMetric {
  readonly resource: Attributes;
  readonly name: string;
  readonly kind: 'gauge' | 'sum' | 'histogram';
  readonly isMonotonic: boolean;
  readonly points: readonly CollectedPoint[];
}

export interface CollectedPoint {
  readonly attributes: Attributes;
  readonly value: number;
  /** Of a histogram. */
  readonly buckets: readonly number[];
  readonly bounds: readonly number[];
}

/** An OpenTelemetry collector on loopback, which keeps what it was sent. */
export interface Collector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  readonly metrics: CollectedMetric[];
  readonly headers: IncomingHttpHeaders[];
  readonly bodies: Buffer[];
  close(): Promise<void>;
}

export const openCollector = async (): Promise<Collector> => {
  const kept = { spans: [], metrics: [], headers: [], bodies: [] } as Omit<Collector, 'url' | 'close'>;
  const server = createServer(async (request, response) => {
    const sent = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    kept.headers.push(request.headers);
    kept.bodies.push(body);
    if (request.url === '/v1/traces') kept.spans.push(...spansIn(decoded('Traces', body)));
    else if (request.url === '/v1/metrics') kept.metrics.push(...metricsIn(decoded('Metrics', body)));
    else response.statusCode = 404;
    response.setHeader('content-type', 'application/x-protobuf').end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    ...kept,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

// biome-ignore lint/suspicious/noExplicitAny: what a message of the schema above decodes to has no type of its own
type Decoded = any;

const decoded = (type: string, body: Buffer): Decoded => {
  const message = root.lookupType(type);
  return message.toObject(message.decode(body), { longs: String, arrays: true, defaults: true });
};

const spansIn = ({ resourceSpans }: Decoded): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }: Decoded) =>
    scopeSpans.flatMap(({ spans }: Decoded) =>
      spans.map((span: Decoded) => ({
        resource: attributesOf(resource),
        traceId: Buffer.from(span.traceId).toString('hex'),
        name: span.name,
        nanoseconds: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
        attributes: attributesOf(span),
        status: span.status?.code ?? 0,
      })),
    ),
  );

const metricsIn = ({ resourceMetrics }: Decoded): CollectedMetric[] =>
  resourceMetrics.flatMap(({ resource, scopeMetrics }: Decoded) =>
    scopeMetrics.flatMap(({ metrics }: Decoded) =>
      metrics.map(({ name, gauge, sum, histogram }: Decoded) => ({
        resource: attributesOf(resource),
        name,
        kind: gauge ? 'gauge' : sum ? 'sum' : 'histogram',
        isMonotonic: sum?.isMonotonic ?? false,
        points: (gauge ?? sum ?? histogram).dataPoints.map(pointOf),
      })),
    ),
  );

const pointOf = (point: Decoded): CollectedPoint => ({
  attributes: attributesOf(point),
  value: Number(point.asDouble ?? point.count),
  buckets: (point.bucketCounts ?? []).map(Number),
  bounds: point.explicitBounds ?? [],
});

const attributesOf = ({ attributes }: Decoded): Attributes =>
  Object.fromEntries(
    attributes.map(({ key, value }: Decoded) => [
      key,
      value.stringValue || Number(value.intValue) || value.doubleValue || value.boolValue,
    ]),
  );
