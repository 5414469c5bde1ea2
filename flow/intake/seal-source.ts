import { OPEN_END, SOURCE_EPOCH } from '../../runtime/ending/control.ts';
import type { Transport } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import { controlRecord } from '../../topologies/control-words.ts';

/**
 * Says that the topic has all it will have: what the run is about, its data version. `open` takes an earlier seal back:
 * more is coming.
 */
export const sealSource = async (
  transport: Transport,
  topic: string,
  control: string,
  state: 'sealed' | 'open' = 'sealed',
): Promise<void> => {
  const found = await transport.ends(topic);
  const ends = state === 'open' ? found.map(() => OPEN_END) : found;
  await transport.append(
    ends.map((end, partition) => {
      const word = controlRecord({ kind: 'sealed', sealed: { topic, partition, end, epoch: SOURCE_EPOCH } });
      return { topic: control, partition: 0, key: word.kind, value: codecs.control.encode(word), headers: {} };
    }),
  );
};
