/** Where a text begins to speak for who asks: "Human: …", "Q: …", "### Instruction:". */
const ASKER = /\n[ \t]{0,8}(?:#{1,4} ?|\*\*)?(?:Human|User|Q|Question|Problem|Instruction)(?:\*\*)?:(?=\s)/;
/** To look for these takes less time than for who asks at each beginning of a line. */
const BEGINNINGS = ['Q', 'Human', 'User', 'Problem', 'Instruction'];
const ASKERS = new RegExp(ASKER, 'g');

/** What stands where an answer was given. */
const ANSWERED =
  /\\boxed\s?\{|#### |<\/answer>|\banswer (?:is|was|=|:)|(?:^|\n)[ \t]{0,8}(?:#{1,4} ?|\*\*)?(?:(?:final )?answer|A|Assistant)(?:\*\*)?:/i;

/**
 * What a model says itself: it may go on behind its answer with the next question, as texts do that it was fitted to, and
 * with what that one's answer would be.
 */
export function ownTurn(text: string): string {
  if (!BEGINNINGS.some((word) => text.includes(word)) || !ASKER.test(text)) return text;
  for (const { index } of text.matchAll(ASKERS)) if (ANSWERED.test(text.slice(0, index))) return text.slice(0, index);
  return text;
}
