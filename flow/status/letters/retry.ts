import { placeIn } from '../../../runtime/records/partition.ts';
import type { Topic } from '../../../runtime/topology.ts';
import type { NewRecord, Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import type { DeadLetter } from '../../../schemas/types.ts';
import { evaluationTopics, topics } from '../../../topologies/topics.ts';
import { type KeptLetter, putBack, RETRIED } from './letters.ts';
import { originalOf } from './original.ts';

/** What became of the wish to put a record back. */
export type Retried = { readonly name: string } & (
  | { readonly ok: true; readonly topic: string }
  | { readonly ok: false; readonly why: string }
);

/**
 * Puts the record that died back onto its stage's input, as attempt n + 1, and takes its letter back in the same
 * append: whatever crashes, the record is never there twice. Two processes that put it back at once give it the same
 * attempt, which is taken once. One that died at the teacher goes back to the sampler.
 */
export const retryLetter = async (transport: Transport, kept: KeptLetter): Promise<Retried> => {
  const { name, letter } = kept;
  const refusal = refusalOf(letter);
  if (refusal) return { name, ok: false, why: refusal };
  const original = await originalOf(transport, kept);
  if (!original) return { name, ok: false, why: cutShort(letter) };
  const attempt = Math.max(letter.attempt, kept.retries + 1) + 1;
  const back = backOf(kept, original, attempt, transport.partitions);
  await transport.append([back.record, takenBack(kept, back.counted)]);
  return { name, ok: true, topic: back.record.topic };
};

const refusalOf = ({ stage, code, origin }: KeptLetter['letter']): string | null => {
  if (stage === 'ingest')
    return `it is a row of a data file: mend ${origin} and \`sluice ingest\` the file again; a changed file is read anew`;
  if (code === 'conflicting-reference')
    return 'another row gave the same problem with another reference, and that one counts: mend the data file';
  return null;
};

const cutShort = ({ topic, length }: KeptLetter['letter']): string =>
  `the letter holds the first 64 KiB of ${length} bytes, and the original is gone from ${topic}: replay the problem in another run`;

interface Back {
  readonly record: NewRecord;
  /** For a problem that the sampler has counted already. */
  readonly counted: { readonly level: string; readonly right: boolean } | null;
}

const backOf = ({ key, letter }: KeptLetter, original: Uint8Array, attempt: number, partitions: number): Back => {
  const headers = { attempt: String(attempt), run: letter.run };
  const recordKey = recordKeyOf(key);
  const onto = letter.stage === 'generate' ? topics.levelled : inputOf(letter);
  const place = { topic: onto.name, partition: placeIn(onto, recordKey, partitions), key: recordKey, headers };
  if (letter.stage !== 'generate') return { record: { ...place, value: original }, counted: null };
  const { admission: _, ahead: __, ...levelled } = codecs.admitted.decode(original);
  return {
    record: { ...place, value: codecs.levelled.encode(levelled) },
    counted: { level: levelled.level, right: levelled.grade.verdict === 'right' },
  };
};

const inputOf = ({ topic }: KeptLetter['letter']): Pick<Topic<unknown>, 'name' | 'single'> =>
  [...Object.values(topics), ...Object.values(evaluationTopics)].find(({ name }) => name === topic) ?? {
    name: topic as string,
  };

/** A letter about a repeat is kept under the problem's id and its offset. */
const recordKeyOf = (key: string): string => key.split('/')[0] as string;

/** The word that takes a letter back. */
export const takenBack = ({ name, key, letter }: KeptLetter, counted: Back['counted']): NewRecord => {
  const [partition = 0] = name.split('-').map(Number);
  const word: DeadLetter = { ...letter, code: RETRIED, message: putBack(name), value: new Uint8Array() };
  const headers = {
    stage: letter.stage,
    code: letter.code,
    ...(counted && { level: counted.level, right: String(counted.right) }),
  };
  return { topic: topics.deadLetters.name, partition, key, value: codecs.deadLetter.encode(word), headers };
};
