import { inFlowOrder, stageOf } from '../stages.ts';
import type { EndpointNote, Work } from './live-note.ts';

/** Each endpoint once, however many processes ask it, in the order in which the flow does. */
export const mergeEndpoints = (works: readonly Work[]): EndpointNote[] => {
  const seen = works.flatMap(({ endpoints, stages }) =>
    endpoints.map((endpoint) => ({ endpoint, used: isUsed(endpoint, stages) })),
  );
  const byEndpoint = Map.groupBy(seen, ({ endpoint: { role, model, baseUrl, member } }) =>
    JSON.stringify([role, model, baseUrl, member]),
  );
  return [...byEndpoint.values()]
    .map((same) => {
      const used = same.filter((one) => one.used);
      return together(same.map(toEndpoint), (used.length > 0 ? used : same).map(toEndpoint));
    })
    .toSorted((a, b) => inFlowOrder(stageOf[a.role], stageOf[b.role]));
};

const toEndpoint = ({ endpoint }: { endpoint: EndpointNote }): EndpointNote => endpoint;

/** Every process opens every endpoint; how it stands is known to those that have a use for it. */
const isUsed = ({ role, inFlight, waiting, retrying }: EndpointNote, stages: Work['stages']): boolean =>
  inFlight + waiting + retrying > 0 || stages.some(({ stage }) => stage === stageOf[role]);

/** What was done is of all processes, how the endpoint stands of those that use it. */
const together = (all: readonly EndpointNote[], using: readonly EndpointNote[]): EndpointNote => {
  const [best, ...others] = using.toSorted(letsMoreThrough) as [EndpointNote, ...EndpointNote[]];
  const through = using.filter((one) => letsThrough(one) === letsThrough(best));
  return {
    ...best,
    // One process that goes on unhindered, and nobody has to do anything.
    why: others.every((one) => one.why !== null) ? best.why : null,
    limit: sum(through, 'limit'),
    inFlight: sum(all, 'inFlight'),
    waiting: sum(all, 'waiting'),
    sent: sum(all, 'sent'),
    answered: sum(all, 'answered'),
    faults: sum(all, 'faults'),
    oldestSeconds: oldest(all),
    tokensPerSecond: sum(all, 'tokensPerSecond'),
    ended: all.map(({ ended }) => ended).reduce(addCounts),
    statuses: all.map(({ statuses }) => statuses).reduce(addCounts),
    latency: all.map(({ latency }) => latency).reduce(addLatency),
    retrying: sum(all, 'retrying'),
    fault: best.fault ?? all.find((one) => one.fault !== null)?.fault ?? null,
  };
};

const byOpenness: readonly EndpointNote['phase'][] = ['open', 'limited', 'probing', 'paused', 'stopped'];

const letsMoreThrough = (a: EndpointNote, b: EndpointNote): number =>
  byOpenness.indexOf(a.phase) - byOpenness.indexOf(b.phase) || (a.resumesIn ?? 0) - (b.resumesIn ?? 0);

const letsThrough = ({ phase }: EndpointNote): boolean => phase !== 'paused' && phase !== 'stopped';

type Count = 'limit' | 'inFlight' | 'waiting' | 'sent' | 'answered' | 'faults' | 'tokensPerSecond' | 'retrying';

const addCounts = (one: EndpointNote['ended'], other: EndpointNote['ended']): EndpointNote['ended'] => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
};

const addLatency = (one: EndpointNote['latency'], other: EndpointNote['latency']): EndpointNote['latency'] => ({
  counts: one.counts.map((count, bound) => count + (other.counts[bound] ?? 0)),
  count: one.count + other.count,
  seconds: one.seconds + other.seconds,
});

const oldest = (endpoints: readonly EndpointNote[]): number | null => {
  const ages = endpoints.flatMap(({ oldestSeconds }) => oldestSeconds ?? []);
  return ages.length === 0 ? null : Math.max(...ages);
};

const sum = (endpoints: readonly EndpointNote[], count: Count): number =>
  endpoints.reduce((total, one) => total + one[count], 0);
