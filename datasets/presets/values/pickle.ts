/** A pickle that is refused: cut off, damaged, or one that would run code. */
export class PickleFault extends Error {
  override readonly name = 'PickleFault';
}

/**
 * The plain data in a pickle of Python (texts, numbers, None, lists, tuples, dictionaries), read as data: the few
 * opcodes that build such values and nothing else (`pickletools` in CPython lists them all). One that names, calls or
 * builds an object is refused by its place, as is a list or dictionary that stands in two places. Throws a PickleFault.
 */
export const readPickle = (bytes: Buffer): unknown => {
  const machine: Machine = { bytes, at: 0, stack: [], marks: [], memo: new Map() };
  while (machine.at < bytes.length) {
    const code = bytes[machine.at++]!;
    if (code === stop) return top(machine);
    const step = steps[code];
    if (!step)
      throw new PickleFault(
        `holds the opcode 0x${code.toString(16).padStart(2, '0')} at byte ${machine.at - 1}, which is not for plain data`,
      );
    step(machine);
  }
  throw new PickleFault('ends before its end');
};

interface Machine {
  readonly bytes: Buffer;
  at: number;
  readonly stack: unknown[];
  readonly marks: number[];
  readonly memo: Map<number, unknown>;
}

const stop = 0x2e;

const take = (machine: Machine, length: number): Buffer => {
  if (length < 0 || machine.at + length > machine.bytes.length) throw new PickleFault('ends before its end');
  machine.at += length;
  return machine.bytes.subarray(machine.at - length, machine.at);
};

const uint = (machine: Machine, length: 1 | 2 | 4): number => take(machine, length).readUIntLE(0, length);

const uint64 = (machine: Machine): number => Number(take(machine, 8).readBigUInt64LE());

const text = (length: (machine: Machine) => number) => (machine: Machine) => {
  machine.stack.push(take(machine, length(machine)).toString('utf8'));
};

const push = (value: (machine: Machine) => unknown) => (machine: Machine) => {
  machine.stack.push(value(machine));
};

const top = ({ stack, marks }: Machine): unknown => {
  if (stack.length <= (marks.at(-1) ?? 0)) throw new PickleFault('takes from an empty stack');
  return stack.at(-1);
};

const pop = (machine: Machine): unknown => {
  top(machine);
  return machine.stack.pop();
};

const sinceMark = (machine: Machine): unknown[] => {
  const mark = machine.marks.pop();
  if (mark === undefined) throw new PickleFault('has no mark');
  return machine.stack.splice(mark);
};

const several = (count: number) => (machine: Machine) => {
  const items = Array.from({ length: count }, () => pop(machine)).reverse();
  machine.stack.push(items);
};

const remember = (index: (machine: Machine) => number) => (machine: Machine) => {
  machine.memo.set(index(machine), top(machine));
};

/** A container that stood in two places could be doubled over and over by whoever walks through it. */
const recall = (index: (machine: Machine) => number) => (machine: Machine) => {
  const value = machine.memo.get(index(machine));
  if (value === undefined) throw new PickleFault('recalls what it never kept');
  if (typeof value === 'object' && value !== null) throw new PickleFault('holds a list or a dictionary in two places');
  machine.stack.push(value);
};

const append = (machine: Machine, items: readonly unknown[]): void => {
  const list = top(machine);
  if (!Array.isArray(list)) throw new PickleFault('appends to what is no list');
  for (const item of items) list.push(item);
};

const setItems = (machine: Machine, items: readonly unknown[]): void => {
  const target = top(machine);
  if (!(target instanceof Map) || items.length % 2 > 0) throw new PickleFault('sets in what is no dictionary');
  for (let at = 0; at < items.length; at += 2) target.set(String(items[at]), items[at + 1]);
};

const dictionary = (machine: Machine, items: readonly unknown[]): void => {
  machine.stack.push(new Map());
  setItems(machine, items);
};

/** Protocols 2 to 5 as `pickle.dumps` writes them. A dictionary is a Map. */
const steps: Readonly<Record<number, (machine: Machine) => void>> = {
  128: (machine) => void take(machine, 1), // PROTO
  149: (machine) => void take(machine, 8), // FRAME
  140: text((machine) => uint(machine, 1)), // SHORT_BINUNICODE
  88: text((machine) => uint(machine, 4)), // BINUNICODE
  141: text(uint64), // BINUNICODE8
  67: text((machine) => uint(machine, 1)), // SHORT_BINBYTES
  66: text((machine) => uint(machine, 4)), // BINBYTES
  75: push((machine) => uint(machine, 1)), // BININT1
  77: push((machine) => uint(machine, 2)), // BININT2
  74: push((machine) => take(machine, 4).readInt32LE()), // BININT
  138: push((machine) => littleEndian(take(machine, uint(machine, 1)))), // LONG1
  71: push((machine) => take(machine, 8).readDoubleBE()), // BINFLOAT
  78: push(() => null), // NONE
  136: push(() => true), // NEWTRUE
  137: push(() => false), // NEWFALSE
  93: push(() => []), // EMPTY_LIST
  125: push(() => new Map()), // EMPTY_DICT
  41: push(() => []), // EMPTY_TUPLE
  40: ({ marks, stack }) => void marks.push(stack.length), // MARK
  97: (machine) => append(machine, [pop(machine)]), // APPEND
  101: (machine) => append(machine, sinceMark(machine)), // APPENDS
  115: (machine) => setItems(machine, [pop(machine), pop(machine)].reverse()), // SETITEM
  117: (machine) => setItems(machine, sinceMark(machine)), // SETITEMS
  100: (machine) => dictionary(machine, sinceMark(machine)), // DICT
  108: (machine) => void machine.stack.push(sinceMark(machine)), // LIST
  116: (machine) => void machine.stack.push(sinceMark(machine)), // TUPLE
  133: several(1), // TUPLE1
  134: several(2), // TUPLE2
  135: several(3), // TUPLE3
  148: remember(({ memo }) => memo.size), // MEMOIZE
  113: remember((machine) => uint(machine, 1)), // BINPUT
  114: remember((machine) => uint(machine, 4)), // LONG_BINPUT
  104: recall((machine) => uint(machine, 1)), // BINGET
  106: recall((machine) => uint(machine, 4)), // LONG_BINGET
};

/** Two's complement. */
const littleEndian = (bytes: Buffer): number | bigint => {
  if (bytes.length === 0) return 0;
  const value = BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`));
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
};
