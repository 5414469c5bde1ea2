import { TONGUES, type Tongue } from './tongues.ts';

/** A turn whose stances are known by how it was made. */
export interface Dialogue {
  readonly text: string;
  readonly language: string;
  /** Which plan it follows, for whoever looks for a fault. */
  readonly plan: string;
  /** The value that it answers; null where it answers none. */
  readonly answers: string | null;
  /** Values that it names without answering them. */
  readonly named: readonly string[];
}

type Pick = <T>(from: readonly T[]) => T;

/** The dialogue of a seed: the same seed makes the same one. `values` are what may be spoken of, at least three. */
export function dialogueOf(seed: number, values: readonly string[]): Dialogue {
  const pick = picker(seed);
  const language = pick(Object.keys(TONGUES));
  const plan = pick(PLANS);
  const [x, y, z] = threeOf(values, pick);
  const { says, answers } = plan.make(TONGUES[language]!, pick);
  const filled = says.map((sentence) => sentence.replace(/[XYZ]/g, (slot) => ({ X: x, Y: y, Z: z })[slot]!));
  return {
    text: joined(filled, pick([' ', ' ', '\n', '\n\n'])),
    language,
    plan: plan.name,
    answers: answers === null ? null : { X: x, Y: y, Z: z }[answers],
    named: [x, y, z],
  };
}

/** What no mark ends goes to the end of its line. */
const joined = (says: readonly string[], gap: string): string =>
  says
    .map((one) => (/[\p{L}\p{N}$)]$/u.test(one) ? `${one}${gap === '\n\n' ? gap : '\n'}` : `${one}${gap}`))
    .join('')
    .trimEnd();

type Slot = 'X' | 'Y' | 'Z';

interface Plan {
  readonly name: string;
  readonly make: (tongue: Tongue, pick: Pick) => { readonly says: readonly string[]; readonly answers: Slot | null };
}

const asZ = (sentence: string): string => sentence.replace(/X/g, 'Z');

const plan = (name: string, answers: Slot | null, says: (tongue: Tongue, pick: Pick) => readonly string[]): Plan => ({
  name,
  make: (tongue, pick) => ({ says: says(tongue, pick), answers }),
});

const PLANS: readonly Plan[] = [
  plan('stated', 'X', (t, pick) => [pick(t.noise), pick(t.noise), pick(t.stated)]),
  plan('stated early', 'X', (t, pick) => [pick(t.stated), pick(t.noise)]),
  plan('denied', null, (t, pick) => [pick(t.noise), pick(t.denied)]),
  plan('denied, then stated', 'Z', (t, pick) => [pick(t.denied), asZ(pick(t.stated))]),
  plan('stated, then another denied', 'Z', (t, pick) => [asZ(pick(t.stated)), pick(t.denied)]),
  plan('turned', 'Y', (t, pick) => [pick(t.noise), pick(t.turned)]),
  plan('corrected', 'Y', (t, pick) => [pick(t.noise), pick(t.stated), pick(t.corrected)]),
  plan('supposed', null, (t, pick) => [pick(t.noise), pick(t.supposed)]),
  plan('supposed, then stated', 'Z', (t, pick) => [pick(t.supposed), asZ(pick(t.stated))]),
  plan('stated, then another supposed', 'Z', (t, pick) => [asZ(pick(t.stated)), pick(t.supposed)]),
  plan('reported, then stated', 'Z', (t, pick) => [pick(t.reported), asZ(pick(t.stated))]),
  plan('reported', null, (t, pick) => [pick(t.noise), pick(t.reported)]),
  plan('asked', null, (t, pick) => [pick(t.noise), pick(t.asked)]),
  plan('asked, then stated', 'Z', (t, pick) => [pick(t.asked), asZ(pick(t.stated))]),
  plan('hedged', null, (t, pick) => [pick(t.noise), pick(t.hedged)]),
  plan('hedged, then stated', 'Z', (t, pick) => [pick(t.hedged), pick(t.noise), asZ(pick(t.stated))]),
];

function threeOf(values: readonly string[], pick: Pick): [string, string, string] {
  const left = [...values];
  const take = (): string => left.splice(left.indexOf(pick(left)), 1)[0]!;
  return [take(), take(), take()];
}

/** Mulberry32. */
function picker(seed: number): Pick {
  let state = seed >>> 0;
  return (from) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from[((mixed ^ (mixed >>> 14)) >>> 0) % from.length]!;
  };
}
