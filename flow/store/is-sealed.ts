import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from './scan.ts';

/** Whether a stage has sealed all that it wrote to a topic: nothing follows there. */
export const isSealed = async (transport: Transport, topic: string): Promise<boolean> => {
  const sealed = new Set<number>();
  for await (const { record } of scan(transport, topics.control)) {
    if (record.sealed?.topic === topic) sealed.add(record.sealed.partition);
  }
  return sealed.size === (await transport.ends(topic)).length;
};
