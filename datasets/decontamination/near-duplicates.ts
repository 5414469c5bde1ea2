import { evaluationText } from './evaluation-text.ts';
import { reworded, rewordings } from './rewordings.ts';
import { compactForm, hashesOf, wordsOf } from './statement-forms.ts';

/** Shorter statements are compared as they are, but for their typesetting. */
const MIN_WORDS = 13;

/**
 * Which statements say the same as one before them: the same but for typesetting, or the same numbers and most of its
 * pairs of neighbouring words (`rewordings`). Gives for each the place of the first that it repeats, or -1. One that is
 * left out is no measure of others, so that a chain of small changes is no single problem.
 */
export const nearDuplicates = (statements: readonly string[]): Int32Array => {
  const text = evaluationText(statements.map((statement) => ({ evaluation: '', statement })));
  const index = rewordings(text, MIN_WORDS);
  const places = new Int32Array(text.problems.length).fill(-1);
  const kept = new Uint8Array(text.problems.length);
  const found = new Int32Array(statements.length).fill(-1);
  for (const [place, statement] of statements.entries()) {
    const own = text.byForm.get(compactForm(statement));
    if (own === undefined) continue;
    if (places[own] !== -1) {
      found[place] = places[own]!;
      continue;
    }
    const same = reworded(index, hashesOf(wordsOf(statement)), statement, (other) => kept[other] === 1);
    if (same) found[place] = places[same.problem]!;
    else kept[own] = 1;
    places[own] = same ? found[place]! : place;
  }
  return found;
};
