import type { Node } from '../../../tree.ts';

const CLOCK = /^(\d{1,2})(?::([0-5]\d)(?::[0-5]\d)?|(?=\s*[ap]\.?\s?m))\s*(?:([ap])\.?\s?m\.?|hours|hrs?|h)?$/i;

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const SPOKEN = new RegExp(
  `^(?:at |an? ){0,2}(half|quarter) (past|to) (\\d{1,2}|${HOURS.join('|')})(?= in the | [ap]\\.?m|$)`,
  'i',
);

/** `half past two` as `2:30`, `a quarter to seven` as `6:45`. */
const inDigits = (plain: string): string =>
  plain.replace(SPOKEN, (whole, part: string, side: string, said: string) => {
    const hour = HOURS.indexOf(said.toLowerCase()) + 1 || Number(said);
    if (/half/i.test(part)) return /past/i.test(side) ? `${hour}:30` : whole;
    return /past/i.test(side) ? `${hour}:15` : `${hour === 1 ? 12 : hour - 1}:45`;
  });

/** What a time of day begins with. */
const MAY_TELL = /^(?:at |an? |half|quarter|noon|midnight|\d{1,2}(?:[:.\s]|[apo]))/i;

/** A time of day: `3:45 PM`, `half past two`, `12 noon`, `15:45 hours`. Null for anything else. */
export function readClock(plain: string): Node | null {
  if (!MAY_TELL.test(plain)) return null;
  const twelve = /^(?:at )?(?:12(?::00)?\s?)?(noon|midnight)$/i.exec(plain);
  if (twelve !== null) return { kind: 'clock', minutes: 720, half: twelve[1]!.toLowerCase() === 'noon' ? 'pm' : 'am' };
  const match = CLOCK.exec(
    inDigits(plain)
      .replace(/ (?:sharp|exactly)$/i, '')
      .replace(/^(\d{1,2}) o['’]clock/, '$1:00')
      .replace(/^(\d{1,2})\.([0-5]\d)(?=\s?[ap]\.?\s?m)/i, '$1:$2')
      .replace(/ in the (?:(morning)|afternoon|evening)$/i, (_, morning) => (morning ? ' am' : ' pm')),
  );
  if (match === null || Number(match[1]) > 24) return null;
  // `08:30` counts hours up to 24.
  const early = match[1]!.startsWith('0') && match[2] !== undefined ? 'am' : null;
  const half = match[3] === undefined ? early : match[3].toLowerCase() === 'a' ? 'am' : 'pm';
  return { kind: 'clock', minutes: Number(match[1]) * 60 + Number(match[2] ?? 0), half };
}
