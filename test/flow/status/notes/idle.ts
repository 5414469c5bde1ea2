import { noLatency } from '../../../../llm/endpoint/workload.ts';

/** What an endpoint tells of its calls before the first. */
export const idle = {
  ...{ sent: 0, answered: 0, faults: 0 },
  ...{ oldestSeconds: null, tokensPerSecond: 0, ended: {}, statuses: {}, latency: noLatency },
};
