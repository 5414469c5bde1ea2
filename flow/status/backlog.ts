import { progress, undoneBelow } from '../../runtime/step/progress.ts';
import type { Position, Transport } from '../../runtime/transport.ts';
import { pages } from '../store/scan.ts';

/** Between two stages lie whole answers: where nobody looks again and again, so many of a partition are read. */
export const READ_UP_TO = 1_000;

/**
 * How many records of a topic a stage has not done with. In a partition with more than `exactUpTo` open offsets these
 * are counted, and on Kafka the marks of transactions with them; fewer are read.
 */
export const backlogOf = async (
  transport: Transport,
  stage: string,
  topic: string,
  exactUpTo: number,
): Promise<number> => {
  const positions = (await transport.positions(stage)).filter((one) => one.topic === topic);
  let undone = 0;
  for (const [partition, end] of (await transport.ends(topic)).entries()) {
    const position = positions.find((one) => one.partition === partition);
    const left = undoneBelow(position, end);
    if (left > 0 && left <= exactUpTo) undone += await undoneRecords(transport, topic, partition, position, end);
    // Behind the last record there may be marks alone.
    else if (left > 0 && (await transport.read(topic, partition, position?.offset ?? 0, 1)).length > 0) undone += left;
  }
  return undone;
};

const undoneRecords = async (
  transport: Transport,
  topic: string,
  partition: number,
  position: Position | undefined,
  end: number,
): Promise<number> => {
  const tracked = progress(position, transport.maxMetadataBytes);
  let undone = 0;
  for await (const page of pages(transport, topic, partition, position?.offset ?? 0, end)) {
    for (const { offset } of page) if (tracked.deliver(offset)) undone++;
  }
  return undone;
};
