import { answersAmong } from '../claims/choose.ts';
import { claimsIn } from '../claims/claims.ts';
import type { Convention } from '../port.ts';
import { CONVENTIONS } from '../port.ts';
import { readClaim } from './claimed.ts';
import { concluded, confirmed } from './confirmed.ts';
import { type Option, optionsOf, type Reading } from './options.ts';
import { onOwnLine } from './own-line.ts';
import { closingText } from './texts.ts';
import { unmarked } from './unmarked.ts';

const lastSentence = (text: string, options: readonly Option[]): Reading =>
  closingText(text.trimEnd().split('\n').at(-1)!.slice(-1000), options);

/** How a response without a box, a tag or a cue states its choice, the most trusted way first. */
const LAST_WAYS = [onOwnLine, confirmed, concluded, lastSentence];

/** Only the most trusted few are tried: the answer is wanted, not its announcements. */
const TRIED = 20;

export interface Choice {
  /** The letters that are chosen: several where the response does not decide, none where it states none. */
  readonly letters: Reading;
  readonly found: Convention | null;
}

/** What a response chooses, by a convention that is accepted. Linear in the text. */
export function findChoice(
  response: string,
  choices: readonly string[],
  accept: readonly Convention[] = CONVENTIONS,
): Choice {
  const options = optionsOf(choices);
  const { claims, text } = claimsIn(response);
  const standing = accept.filter((how) => how !== 'last');
  for (const claim of answersAmong(claims, standing).slice(0, TRIED)) {
    const letters = readClaim(claim.text, options);
    if (letters.length > 0) return { letters, found: claim.how };
  }
  if (!accept.includes('last')) return { letters: [], found: null };
  const since = claims.findLast(({ stance }) => stance === 'corrected');
  const said = unmarked(since === undefined ? text : text.slice(since.at + since.text.length));
  for (const read of LAST_WAYS) {
    const letters = read(said, options);
    if (letters.length > 0) return { letters, found: 'last' };
  }
  return { letters: [], found: null };
}
