import { createHash } from 'node:crypto';
import type { Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import { evaluationTopics, topics } from '../../../topologies/topics.ts';
import { readable } from '../../store/scan.ts';
import type { KeptLetter } from './letters.ts';

/** Where it lies on its topic; the letter's own bytes if that record is gone and the letter has them all. */
export const originalOf = async (transport: Transport, { name, letter }: KeptLetter): Promise<Uint8Array | null> => {
  const { topic, partition, offset } = letter;
  if (topic !== null && partition !== null && offset !== null) {
    const [record] = await transport.read(topic, partition, offset, 1);
    if (record?.offset === offset && isWhole(record.value, letter)) return record.value;
  }
  const kept = await letterValue(transport, name);
  return kept && isWhole(kept, letter) ? kept : null;
};

const isWhole = (value: Uint8Array, { length, sha256 }: KeptLetter['letter']): boolean =>
  value.length === length && createHash('sha256').update(value).digest('hex') === sha256;

export const letterValue = async (transport: Transport, name: string): Promise<Uint8Array | null> => {
  const [partition = 0, offset = 0] = name.split('-').map(Number);
  const [record] = await transport.read(topics.deadLetters.name, partition, offset, 1);
  return record?.offset === offset ? codecs.deadLetter.decode(record.value).value : null;
};

/** The record that died, whole; undefined where its bytes are none of ours, or not all there any more. */
export const decodedOf = async (transport: Transport, kept: KeptLetter): Promise<unknown> => {
  const topic = [...Object.values(topics), ...Object.values(evaluationTopics)].find(
    ({ name }) => name === kept.letter.topic,
  );
  const value = topic && (await originalOf(transport, kept));
  return value ? readable<unknown>(topic, { value }) : undefined;
};
