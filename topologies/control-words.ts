import type { ControlCodec, ControlWord } from '../runtime/ending/control.ts';
import { codecs } from '../schemas/codecs.ts';
import type { Control } from '../schemas/types.ts';

/** A control record with nothing in it but what is given. */
export const controlRecord = (record: Pick<Control, 'kind'> & Partial<Control>): Control => ({
  sealed: null,
  open: null,
  settings: null,
  ...record,
});

/** The engine's words as control records. */
export const controlWords: ControlCodec = {
  encode: (word) => codecs.control.encode(recordOf(word)),
  decode: (bytes) => wordOf(codecs.control.decode(bytes)),
};

const recordOf = (word: ControlWord): Control => {
  if (word.kind === 'intake') return controlRecord({ kind: 'intake', open: word.open });
  if (word.kind === 'other' || word.kind === 'renewed') throw new Error('the engine writes no other words');
  const { topic, partition, end, epoch } = word;
  return controlRecord({ kind: 'sealed', sealed: { topic, partition, end, epoch } });
};

const wordOf = ({ kind, sealed, open }: Control): ControlWord => {
  if (kind === 'sealed' && sealed) return { kind, ...sealed };
  if (kind === 'intake' && open !== null) return { kind, open };
  // Another target may let through what the one before did not.
  if (kind === 'target') return { kind: 'renewed' };
  return { kind: 'other' };
};
