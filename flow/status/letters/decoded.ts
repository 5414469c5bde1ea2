import type { Transport } from '../../../runtime/transport.ts';
import { evaluationTopics, topics } from '../../../topologies/topics.ts';
import { readable } from '../../store/scan.ts';
import type { KeptLetter } from './letters.ts';
import { originalOf } from './retry.ts';

/** The record that died, whole; undefined where its bytes are none of ours, or not all there any more. */
export const decodedOf = async (transport: Transport, kept: KeptLetter): Promise<unknown> => {
  const topic = [...Object.values(topics), ...Object.values(evaluationTopics)].find(
    ({ name }) => name === kept.letter.topic,
  );
  const value = topic && (await originalOf(transport, kept));
  return value ? readable<unknown>(topic, { value }) : undefined;
};
