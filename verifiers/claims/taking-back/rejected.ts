import { type Claim, claimOf } from '../claim.ts';
import type { Parsed } from '../sentence/parts/clauses.ts';
import type { Statement } from '../sentence/parts/pieces.ts';
import type { Value } from '../text/value.ts';
import { has } from '../words/phrases.ts';
import { deniedBy, describedIn } from './described.ts';

/** More values than these behind a statement are no candidates for it. */
const MOST = 8;

/** What a sentence takes out again behind a statement: "x = 12 or x = 10, but 10 is extraneous", "and we reject 10". */
export function rejectedBehind(parsed: Parsed, statement: Statement, how: Claim['how']): Claim[] {
  const said = claimOf(parsed.text, statement, how, 'stated', 0);
  const described = describedIn(parsed, statement.end).flatMap((one) => deniedBy(one, said));
  const values = parsed.values
    .filter(({ start }) => start >= statement.end)
    .slice(0, MOST)
    .filter((value) => isRejected(parsed, value, statement.end))
    .map(({ start, end }) => claimOf(parsed.text, { ...statement, start, end, subject: null }, how, 'denied', 0));
  return [...values, ...described];
}

function isRejected({ phrases, values }: Parsed, value: Value, from: number): boolean {
  const previous = values.findLast(({ end }) => end <= value.start)?.end ?? from;
  const next = values.find(({ start }) => start >= value.end)?.start ?? Number.POSITIVE_INFINITY;
  const before = phrases.findLast(({ start, end }) => start >= Math.max(from, previous) && end <= value.start);
  const after = phrases.find(({ start }) => start >= value.end);
  return has(before, 'deny', 'bad') || (after !== undefined && after.end <= next && has(after, 'wrong'));
}
