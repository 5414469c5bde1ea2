import { undoneBelow } from '../../runtime/progress.ts';
import type { Transport } from '../../runtime/transport.ts';

/**
 * How many records of a topic a stage has not done with. On Kafka the marks of transactions count as records as long
 * as there is a backlog.
 */
export const backlogOf = async (transport: Transport, stage: string, topic: string): Promise<number> => {
  const positions = (await transport.positions(stage)).filter((one) => one.topic === topic);
  let undone = 0;
  for (const [partition, end] of (await transport.ends(topic)).entries()) {
    const position = positions.find((one) => one.partition === partition);
    const left = undoneBelow(position, end);
    // Behind the last record there may be marks that are none.
    const [first] = left === 0 ? [] : await transport.read(topic, partition, position?.offset ?? 0, 1);
    if (first) undone += left;
  }
  return undone;
};
