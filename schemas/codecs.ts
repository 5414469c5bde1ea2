import { type Codec, codecOf } from './codec.ts';
import { type RecordName, releasedSchemas, todaysSchemas, typesOf } from './schemas.ts';
import type * as records from './types.ts';

/** Made once, with the first record of any kind. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
const todays = once(() => typesOf(todaysSchemas()));
const released = once(() => releasedSchemas().map(typesOf));

/** Made with its first record: no process needs them all. */
const codec = <T>(name: RecordName): Codec<T> => {
  const own = once(() => {
    const type = todays()[name];
    if (!type) throw new Error(`there is no schema of ${name}`);
    return codecOf<T>(type, () => released().flatMap((version) => version[name] ?? []));
  });
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
