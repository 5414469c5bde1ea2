import type { Segment } from './segments.ts';

/** Words that restate: what follows them is the value, whatever was named before. */
const RESTATES = /\b(?:is|are|equals?|be|namely|that is|but)\b|:\s/i;
/** Words that deny or bound the value before which they stand, or make another of it. */
const LIMITS =
  /\b(?:not|neither|nor|never|cannot|no|at least|at most|(?:less|more|greater|fewer|larger|smaller|higher|lower) than|twice|thrice|double|triple|half)\b|n['’]t\b/i;
const COMPARED = /^\s{0,3}(?:less|more|greater|fewer|larger|smaller|higher|lower)\s+than\b/i;
const SUBCLAUSE =
  /\b(?:attained|achieved|when|where|if|since|because|for which|assuming|given that|although|though|while)\b[^,;]*$/i;
const MOST_TRIED = 12;

/**
 * The formula that a clause states: the one after its last verb, or else its first; lone letters, which name, and
 * subclauses are passed over. `limited` where the words before or after it deny it, bound it or multiply it.
 */
export function statedFormula(
  text: string,
  start: number,
  formulas: readonly Segment[],
): { readonly formula: Segment; readonly limited: boolean } {
  const leads = formulas.slice(0, MOST_TRIED).map((formula, index) => ({
    formula,
    lead: text.slice(index === 0 ? start : formulas[index - 1]!.end, formula.start),
    before: text.slice(start, formula.start),
  }));
  const telling = leads.filter(({ formula }) => !/^\s*\\?[a-zA-Z]+\s*$/.test(formula.content));
  const main = telling.filter(({ before }) => !SUBCLAUSE.test(before));
  const chosen = main.findLast(({ lead }) => RESTATES.test(lead)) ?? main[0] ?? telling[0] ?? leads[0]!;
  return { formula: chosen.formula, limited: isLimited(text, chosen.lead, chosen.formula.end) };
}

/** Whether the words round a formula keep it from being the value itself. */
export function isLimited(text: string, lead: string, end: number): boolean {
  return LIMITS.test(lead) || COMPARED.test(text.slice(end, end + 24));
}
