import type { Claim } from '../claims/claim.ts';
import type { Convention, Judgement } from '../port.ts';
import { CONVENTIONS } from '../port.ts';
import { readClaim } from './claimed.ts';
import { type Choice, findChoice } from './find-choice.ts';
import type { Held, Hold } from './holding/held-option.ts';
import { judgeChoice } from './judge.ts';
import { optionsOf, type Reading, withoutLetters } from './options/options.ts';

/** A judgement of a choice with everything that led to it. */
export interface ChoiceExplanation extends Judgement {
  readonly claims: readonly ExplainedChoice[];
}

/** One place where a response claims or names options, and why it is not the answer; null for the one that is. */
export interface ExplainedChoice {
  readonly text: string;
  readonly how: Convention;
  readonly stance: Hold;
  readonly reading: Reading;
  readonly lost: string | null;
}

const MOST_EXPLAINED = 50;

/** The same judgement as verifyChoice, with what the response claims, in its order. */
export function explainChoice(
  reference: { readonly answer: string; readonly choices: readonly string[] },
  response: string,
  accept: readonly Convention[] = CONVENTIONS,
): ChoiceExplanation {
  const choice = findChoice(response, reference.choices, accept);
  const options = optionsOf(withoutLetters(reference.choices));
  const standing = choice.said.claims
    .filter(({ how }) => how === 'boxed' || how === 'tagged')
    .map((claim) => ({ ...claim, reading: readClaim(claim.text, options) }));
  const named = choice.held.map((held) => asClaim(held, choice));
  const claims = [...standing, ...named].sort((one, other) => one.at - other.at).slice(-MOST_EXPLAINED);
  return {
    ...judgeChoice(reference, choice),
    claims: claims.map(({ text, how, stance, reading, at }) => ({
      text,
      how,
      stance,
      reading,
      lost: whyLost({ how, stance, reading, at }, choice, claims),
    })),
  };
}

interface Placed {
  readonly how: Convention;
  readonly stance: Hold | Claim['stance'];
  readonly reading: Reading;
  readonly at: number;
}

const asClaim = ({ letters, hold, weight, start, end }: Held, { said }: Choice) => ({
  text: said.text.slice(start, end),
  how: (weight > 1 ? 'cue' : 'last') as Convention,
  stance: hold,
  reading: letters,
  at: start,
});

function whyLost(one: Placed, choice: Choice, claims: readonly Placed[]): string | null {
  if (one.stance === 'named') return 'nothing is claimed of it';
  if (one.stance !== 'stated') return `it is ${one.stance}`;
  if (choice.found === null) return 'it stands where no answer is accepted, or chooses no option';
  if (one.how !== choice.found) return `the answer stands as ${choice.found}`;
  if (one.reading.every((letter) => choice.letters.includes(letter))) return null;
  return claims.some(({ at, how, stance }) => at > one.at && how === one.how && stance === 'stated')
    ? 'another is chosen later'
    : 'the answer is called final';
}
