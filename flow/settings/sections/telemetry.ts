import { z } from 'zod';
import { positive } from './plain.ts';

export const telemetry = z
  .strictObject({
    otlp: z
      .url({ protocol: /^https?$/ })
      .describe('A collector that takes OTLP over HTTP; /v1/traces and /v1/metrics are put behind it.'),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .describe('Sent along; secrets by reference to the environment, as in apiKey.'),
    traced: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Share of the problems that leave a span at each stage: the same problems in every process and run.'),
    everySeconds: positive.max(3600).default(30).describe('Between two sendings of the metrics.'),
  })
  .describe('Where traces and metrics of what works or asks models are sent (OpenTelemetry); left out: nowhere.');
