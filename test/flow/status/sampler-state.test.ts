import { expect, it } from 'vitest';
import { samplerState } from '../../../flow/status/sampler-state.ts';
import type { SamplerState } from '../../../processors/sampling/state.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { addProblems, begin, fakeCapabilities, fakeModel, flowWorld, problem, runFlow } from '../../helpers/flow.ts';

const total = (counts: SamplerState['open']) => Object.values(counts).reduce((all, one) => all + one, 0);

it('counts each outcome once, however late the look is told where the sampler stood', async () => {
  const world = flowWorld(2);
  const transport = await world.open();
  const answered = 5;
  const stop = new AbortController();
  let looked: Promise<SamplerState> | undefined;
  /** As for whoever asked for the positions before the run began, and for the rest by now. */
  const late: Transport = { ...transport, positions: async () => [] };
  const observe = (event: RuntimeEvent) => {
    if (event.kind !== 'folded' || looked) return;
    const { emitted, open } = event.state as SamplerState;
    if (total(emitted) !== answered || total(open) !== 7) return;
    looked = samplerState(late).finally(() => stop.abort());
  };
  const teacher = fakeModel((id) => (Number(id.slice(1)) < answered ? '1' : held(stop.signal)));
  const capabilities = fakeCapabilities(fakeModel(() => 'score=0.1').model, teacher.model);
  try {
    await addProblems(
      transport,
      Array.from({ length: 12 }, (_, index) => problem(`p${index}`)),
    );
    await begin(transport, { records: null, weights: 'natural', admit: 'streaming', onShortfall: 'report', seed: 1 });
    await runFlow(transport, capabilities, { observe, stopping: stop.signal });
    const { emitted, open } = (await looked) as SamplerState;
    expect([total(emitted), total(open)]).toEqual([answered, 7]);
  } finally {
    await transport.close();
    world.destroy();
  }
});

/** Answers when nobody waits for it any more. */
const held = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('1'), { once: true }));
