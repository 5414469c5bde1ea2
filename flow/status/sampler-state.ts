import { add, type Counts, count } from '../../processors/sampling/counts.ts';
import { becameParked } from '../../processors/sampling/listen.ts';
import { placeOf } from '../../processors/sampling/places.ts';
import { addTo, orderingOf, parkedAt } from '../../processors/sampling/queues.ts';
import { initialState, type SamplerState, STATE_FORM } from '../../processors/sampling/state.ts';
import { readKept } from '../../runtime/fold/kept.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Outcome } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { pages, readable } from '../store/scan.ts';

/** What the sampler has counted, and what follows from it. */
export interface Sampled extends SamplerState {
  /** How many wait, by place. */
  readonly parked: Counts;
  /** Whether more of the sources is wanted. */
  readonly intake: boolean;
}

/** With the outcomes that the sampler has still to hear of: what is emitted is. */
export const samplerState = async (transport: Transport): Promise<Sampled> => {
  const stored = (await transport.store('sample', 0)).get('state');
  const kept = readKept('sample', { form: STATE_FORM, initial: initialState }, stored);
  let state = kept.state as SamplerState;
  const { name } = topics.outcomes;
  const heard = kept.heard[name] ?? [];
  for (const partition of (await transport.ends(name)).keys()) {
    for await (const page of pages(transport, name, partition, heard[partition] ?? 0)) {
      for (const record of page) {
        const outcome = readable(topics.outcomes, record);
        if (outcome) state = settled(state, outcome);
      }
    }
  }
  const parked = Object.fromEntries(Object.keys(state.waiting).map((place) => [place, parkedAt(state, place)]));
  return { ...state, parked, intake: kept.intake };
};

const settled = (state: SamplerState, { level, became, ...origin }: Outcome): SamplerState => {
  const place = placeOf(state.by, level, origin);
  if (count(state.open, place) === 0) return state;
  const open = add(state.open, place, -1);
  if (became === 'emitted') return { ...state, open, emitted: add(state.emitted, place, 1) };
  if (becameParked(became))
    return { ...state, open, waiting: addTo(state.waiting, place, orderingOf(state.target), 1) };
  return { ...state, open, failed: add(state.failed, place, 1) };
};
