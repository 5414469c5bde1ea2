import type { Option, Reading } from './options.ts';

interface Named {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
}

const STANDING = /(?<![\p{Script=Latin}\d\\_^'’([-])([([]?)([A-Za-z])([)\]]?)(?![\p{Script=Latin}\d_^'’]|-\p{L})/gu;
/** What a bare letter may stand behind: nothing, or a word that leads to it. Elsewhere it is a name in a formula. */
const LEADS =
  /(?:^|:|(?<!\p{L})(?:is|are|be|option|opción|choice|letter|answer|antwort|statement|la|so|but|thus|hence|therefore|rather|both|either|neither|nor|not|and|or|than|except|[a-z]+ly),?)[^\p{L}\p{N}=<>+]*$/iu;
const IN_FORMULA = /^\s*(?:[=+*/^<>≈×]|-\s?\d)/;
/** "A catalyst" and "I think" begin with words; "A because", "A and C" with letters. */
const IS_WORD =
  /^ +(?!(?:and|or|nor|because|since|as|due|which|but|with|given|based|not|is|are|for|if|while)\b)\p{Ll}/u;
const JOINS = /^\s*(?:(?:,|;|\/|&|and|or|nor|as well as)\s*)+(?:option|choice)?\s*$/i;
/** "(A) Oslo and (C) Bergen": labels with their texts. */
const JOINS_LABELS = /^\s(?:(?!\b(?:because|since|as|than|while|is)\b)[^.,;:]){1,80}\s(?:and|or)\s$/i;
const BEGINS_CLAUSE = /^\s(?:is|was|has|would|does|can|refers)\b/;
/** What is denied by a clause with a verb of its own ("the one that is not true is B") is not the letter. */
const DENIES =
  /(?:\b(?:not|neither|never|cannot|except|instead of|rather than|other than)|n['’]t)\b(?:(?!\b(?:is|are)\b).)*$/i;
const DENIED =
  /^\s(?:(?:is|are|was|were)\s(?:[a-z]+\s){0,2}?(?:not|wrong|incorrect|false|invalid|impossible|out|eliminated|excluded)\b|(?:is|are)n['’]t|cannot|can['’]t)/i;

/**
 * The letters that a clause chooses: the first one that is not denied, with those that are joined to it by "and",
 * "or" or a comma. A letter counts in brackets, or as a capital at the head or behind a word that leads to it.
 */
export function lettersIn(clause: string, options: readonly Option[]): Reading {
  const runs: Named[][] = [];
  for (const named of namedIn(clause, options)) {
    const run = runs.at(-1);
    if (run && joins(clause, run.at(-1)!, named)) run.push(named);
    else runs.push([named]);
  }
  const chosen = runs.find((run, index) => {
    const before = clause.slice(runs[index - 1]?.at(-1)?.end ?? 0, run[0]!.start);
    return !DENIES.test(before) && !DENIED.test(clause.slice(run.at(-1)!.end));
  });
  return [...new Set(chosen?.map(({ letter }) => letter))];
}

function joins(clause: string, one: Named, other: Named): boolean {
  const between = clause.slice(one.end, other.start);
  const labels = /[)\]]$/.test(clause.slice(0, one.end)) && /^[([]/.test(clause.slice(other.start));
  return (
    (JOINS.test(between) || (labels && JOINS_LABELS.test(between))) && !BEGINS_CLAUSE.test(clause.slice(other.end))
  );
}

function* namedIn(clause: string, options: readonly Option[]): Generator<Named> {
  let end = 0;
  for (const match of clause.matchAll(STANDING)) {
    const letter = match[2]!.toUpperCase();
    const named = { letter, start: match.index, end: match.index + match[0].length };
    if (!options.some((option) => option.letter === letter)) continue;
    if (!isLabel(match, clause.slice(0, named.start), clause.slice(named.end), clause.slice(end, named.start)))
      continue;
    end = named.end;
    yield named;
  }
}

function isLabel([, open, letter, close]: RegExpExecArray, before: string, after: string, since: string): boolean {
  if (open && close) return true;
  if (/[a-z]/.test(letter!))
    return !/[\p{L}\p{N}]/u.test(before) && (close !== '' || /^(?:[.:]|[^\p{L}\p{N}]*$)/u.test(after));
  if (IN_FORMULA.test(after) || (/[AI]/.test(letter!) && close === '' && IS_WORD.test(after))) return false;
  return LEADS.test(before) || (since !== before && JOINS.test(since));
}
