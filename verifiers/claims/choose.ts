import type { Convention } from '../port.ts';
import { CONVENTIONS } from '../port.ts';
import type { Claim } from './claim.ts';
import type { Said } from './claims.ts';

/** So many claims may turn out to be unreadable before none is the answer. */
const MOST_ANSWERS = 20;

/**
 * The claims that may be the answer, the most trusted first: by convention, what is called final before the rest, and the
 * later before the earlier. Only what is stated counts, by a convention that is accepted; of many the first few.
 */
export function answersAmong(claims: readonly Claim[], accept: readonly Convention[] = CONVENTIONS): Claim[] {
  const stated = claims.filter((claim) => claim.stance === 'stated' && claim.text !== '');
  return CONVENTIONS.filter((how) => accept.includes(how))
    .flatMap((how) => {
      const own = stated.filter((claim) => claim.how === how).reverse();
      return how === 'cue' ? own.sort((one, other) => other.weight - one.weight) : own;
    })
    .slice(0, MOST_ANSWERS)
    .map((claim) => without(claim, claims));
}

/** The same of a whole turn. A box with one thing in it, or with nothing beside it, answers: the rest is not read. */
export function answersIn(said: Said, accept: readonly Convention[] = CONVENTIONS): Claim[] {
  const box = accept.includes('boxed') ? said.box : null;
  return box !== null && (said.alone || !LIST.test(box.text)) ? [box] : answersAmong(said.claims, accept);
}

/** "The roots are 15 and -1. … we discard -1": a list without what is denied later. */
function without(claim: Claim, claims: readonly Claim[]): Claim {
  const denied = new Set(
    claims.filter(({ stance, at }) => stance === 'denied' && at > claim.at).map(({ text }) => bare(text)),
  );
  if (denied.size === 0 || !LIST.test(claim.text)) return claim;
  const items = claim.text.split(LIST);
  const left = items.filter((item) => !denied.has(bare(item)));
  return left.length === items.length || left.length === 0
    ? claim
    : { ...claim, text: left.map((item) => item.trim()).join(', ') };
}

const LIST = /,|\band\b|\bor\b|和|或|\by\b|\bet\b|\bund\b|\bи\b/;
const bare = (text: string): string => text.replace(/[\s${}]/g, '').replace(/^[a-z]=/i, '');
