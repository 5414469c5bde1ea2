import { type Codec, codecOf } from './codec.ts';
import { released, schemas } from './generated/schemas.ts';
import type * as records from './types.ts';

/** Made with its first record: no process needs them all. */
const codec = <T>(name: keyof typeof schemas): Codec<T> => {
  let made: Codec<T> | undefined;
  const own = (): Codec<T> => {
    made ??= codecOf<T>(
      schemas[name] as never,
      released.flatMap((version) => version[name] ?? []),
    );
    return made;
  };
  return { encode: (record) => own().encode(record), decode: (bytes) => own().decode(bytes) };
};

/** avsc takes bytes as a Buffer only. */
const withBuffer = (letter: records.DeadLetter): records.DeadLetter => ({
  ...letter,
  value: Buffer.from(letter.value),
});
const deadLetter = codec<records.DeadLetter>('dead-letter');

/** The codec of every record that is on a topic. */
export const codecs = {
  problem: codec<records.Problem>('problem'),
  graded: codec<records.Graded>('graded'),
  scored: codec<records.Scored>('scored'),
  levelled: codec<records.Levelled>('levelled'),
  admitted: codec<records.Admitted>('admitted'),
  cot: codec<records.Cot>('cot'),
  rejected: codec<records.Rejected>('rejected'),
  outcome: codec<records.Outcome>('outcome'),
  control: codec<records.Control>('control'),
  deadLetter: { ...deadLetter, encode: (letter: records.DeadLetter) => deadLetter.encode(withBuffer(letter)) },
  journalEntry: codec<records.JournalEntry>('journal-entry'),
};
