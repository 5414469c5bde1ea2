import type { Transport } from '../../../runtime/transport.ts';
import { topics } from '../../../topologies/topics.ts';
import { type KeptLetter, lettersOf } from './letters.ts';
import { takenBack } from './retry.ts';

/**
 * Takes back the letters of rows whose file was read anew to its end: what is still wrong with it has new ones.
 * @param files by the name that letters have them by
 * @param before the ends of the letters' topic when the reading began
 */
export const takeBackLetters = async (
  transport: Transport,
  run: string,
  files: readonly string[],
  before: readonly number[],
): Promise<void> => {
  if (files.length === 0) return;
  const { standing } = await lettersOf(transport, run);
  const old = standing.filter((kept) => isOf(kept, files) && isBefore(kept, before));
  if (old.length > 0) await transport.append(old.map((kept) => takenBack(kept, null)));
};

/** The ends that `takeBackLetters` wants. */
export const letterEnds = (transport: Transport): Promise<number[]> => transport.ends(topics.deadLetters.name);

const isOf = ({ letter: { stage, origin } }: KeptLetter, files: readonly string[]): boolean =>
  stage === 'ingest' && origin !== null && files.includes(origin.replace(/:\d+$/, ''));

const isBefore = ({ name }: KeptLetter, before: readonly number[]): boolean => {
  const [partition = 0, offset = 0] = name.split('-').map(Number);
  return offset < (before[partition] ?? 0);
};
