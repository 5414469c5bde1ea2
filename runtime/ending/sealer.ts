import type { Observe } from '../events.ts';
import type { Topic } from '../topology.ts';
import type { Transport } from '../transport.ts';
import type { ControlLog } from './control.ts';

export interface SealerDeps {
  readonly transport: Pick<Transport, 'ends'>;
  readonly control: Pick<ControlLog, 'seal'>;
  readonly observe: Observe;
}

/** Seals one task's part of a stage's outputs, once in an epoch: nothing more will come of it. */
export const sealer = (
  stage: string,
  topics: readonly Pick<Topic<unknown>, 'name' | 'single'>[],
  partition: number,
  { transport, control, observe }: SealerDeps,
) => {
  let sealedIn = -1;
  return async (epoch: number): Promise<void> => {
    if (epoch === sealedIn || epoch < 0) return;
    for (const { name: topic, single } of topics) {
      const end = (await transport.ends(topic))[single ? 0 : partition] ?? 0;
      await control.seal(topic, partition, end, epoch);
      observe({ kind: 'sealed', stage, topic, partition, end });
    }
    sealedIn = epoch;
  };
};
