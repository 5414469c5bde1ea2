import type { Endpoint } from '../endpoint/endpoint.ts';
import { noLatency } from '../endpoint/workload.ts';
import { LlmError } from '../errors.ts';
import type { BatchedChat } from './batched-chat.ts';
import type { BatchedSettings } from './standing.ts';

/** A batch API as an endpoint shows itself: what is on its way is in flight, what is gathered waits. */
export const batchEndpoint = (settings: BatchedSettings, batched: BatchedChat): Endpoint => {
  let isDraining = false;
  return {
    call: async () => {
      throw new LlmError('endpoint-invalid', `${settings.model} is asked in batches alone`);
    },
    states: () => {
      const { gathered, underway, answered } = batched.counts();
      return [
        {
          ...{ baseUrl: settings.baseUrl, model: settings.model, member: null },
          ...{ phase: isDraining ? 'stopped' : 'open', why: null, resumesIn: null, limit: settings.batch.open },
          ...{ inFlight: underway, waiting: gathered, sent: answered + underway, answered },
          ...{
            faults: 0,
            oldestSeconds: null,
            tokensPerSecond: 0,
            ended: {},
            statuses: {},
            latency: noLatency,
            retrying: 0,
            fault: null,
            notes: ['by batches'],
          },
        },
      ];
    },
    drain: () => {
      isDraining = true;
      batched.drain();
    },
    close: batched.close,
  };
};
