import { isCheck } from './check.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import { has } from './words/phrases.ts';

/** Whether a sentence says nothing new of the answer: it closes the text, points at what was said, or remarks on something else. */
export const saysNothing = (parsed: Parsed): boolean =>
  isClosing(parsed) || isReference(parsed) || isCheck(parsed) || setsOut(parsed) || isAside(parsed);

/** "Let n = 8.", "We distinguish 3 cases.": what is only set out from. */
export const setsOut = ({ text, sentence }: Parsed): boolean => {
  const said = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 80));
  return CASES.test(said) || (sentence.end - sentence.start < 60 && SETS_OUT.test(said));
};

const SETS_OUT =
  /^\s*(?:(?:so|now|then|next|first),? )?(?:let|try|consider|set)(?: us| also)? \$?[a-z](?:_\w)?\$? ?= ?[^,;]{1,20}$/i;

const CASES =
  /^\s*(?:(?:let us |let['’]s |we (?:can |now |must |need to )?)(?:distinguish|consider|split (?:this |it )?into|break (?:this |it )?into|look at|examine|handle|treat)\b[^.]{0,40}\bcases\s*$|(?:so |now |then )?(?:there (?:are|remain)|this (?:gives|leaves)|we have)\b[^.]{0,24}\b(?:cases|possibilities|scenarios) (?:left )?to (?:consider|check|examine|analy[sz]e|distinguish|treat)\b|\d{1,6} (?:cases|possibilities) (?:still )?remain\b)/i;

const AS_ASKED = /^as (?:required|desired|expected|claimed|wanted|shown)$/i;
const OTHERS = /\b(?:no|nor|not any|n['’]t any) (?:other|others|further|more|additional)\b/i;

/** "That's it!", "And that is all there is to it.", "Both methods agree." */
const IT =
  /^\s*(?:(?:so|and|well|okay|ok),? )?(?:that|this)(?:['’]s| is| was) (?:it|all|everything|fun|easy)(?: there is(?: to it)?)?\s*$|^\s*(?:so )?(?:both|all|the|these|everything)(?: \p{L}{2,12}){0,2} (?:agrees?|match(?:es)?|checks? out|coincides?)\s*$/iu;

/** "There are no other solutions." says nothing of those that there are. */
const isClosing = ({ text, sentence, phrases, values }: Parsed): boolean =>
  sentence.start > 0 &&
  values.every(({ names }) => names) &&
  (OTHERS.test(text.slice(sentence.start, Math.min(sentence.end, sentence.start + 120))) ||
    IT.test(text.slice(sentence.start, Math.min(sentence.end, sentence.start + 60))) ||
    (values.length === 0 && phrases.length === 1 && AS_ASKED.test(text.slice(phrases[0]!.start, phrases[0]!.end))));

/** "This is the number of arrangements", with the value in the sentence before. */
const NAMES_IT =
  /^\s*(?:so |thus |hence |and )?(?:this|that|which) is (?:(?:exactly|precisely|just) )?(?:the|our) (?:(?:required|desired|total|exact|final|wanted|requested|correct|smallest|largest|least|greatest|minimum|maximum) )?(?:number|total|count|sum|value|area|length|volume|probability|amount|distance|product|quantity)(?: of(?: (?!(?:for|the|from|with|that|not)\b)\p{L}{3,20}){1,3}| (?:that |which )?(?:we|you) (?:want|wanted|need|seek|look for|are looking for)| (?:asked for|required|sought|wanted))?\s*$/iu;

/** "That's our answer.": what was said before is. */
function isReference({ phrases, sentence, text, values }: Parsed): boolean {
  if (NAMES_IT.test(text.slice(sentence.start, Math.min(sentence.end, sentence.start + 160))))
    return (
      sentence.start > 0 &&
      !phrases.some((phrase) => has(phrase, 'wrong', 'deny', 'unreal', 'suppose', 'report', 'but'))
    );
  if (sentence.start > 0 && values.length === 0 && phrases.length === 1 && has(phrases[0], 'answer')) return true;
  const told = phrases.filter(({ roles }) => roles.size > 0);
  return (
    sentence.start > 0 &&
    values.length === 0 &&
    phrases.length <= 5 &&
    !/[?？؟]/.test(sentence.mark) &&
    has(told.at(-1), 'answer', 'right') &&
    (has(told[0], 'pronoun') || (told.length > 1 && has(told[0], 'link'))) &&
    told.every((one) => has(one, 'pronoun', 'link', 'answer', 'right') && !has(one, 'deny', 'wrong', 'others'))
  );
}

/** "(3)", "(by symmetry)", but not the point "(a, b)" */
const REMARK = /^\s*[([](?:\d{1,3}|(?=[^)\]]{0,60}\p{L}{3})\d{0,3}\s?[\p{L}\s,.'’]{3,60})[)\]]\s*$/u;

/** A remark, the number of an equation, a list of sources. */
export function isAside({ phrases, text, sentence, values }: Parsed): boolean {
  if (REMARK.test(text.slice(sentence.start, sentence.end))) return sentence.start > 0;
  const head = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 60));
  if (sentence.start > 0 && values.length === 0 && FIGURE.test(head)) return true;
  if (
    sentence.start > 0 &&
    (PAGE.test(head) || LABEL.test(head) || MARK.test(head) || TRIES.test(head) || ADDS.test(head))
  )
    return true;
  return (
    has(phrases[0], 'aside') &&
    !has(phrases[0], 'label') &&
    !choosesOne(text.slice(sentence.start, sentence.start + 12), phrases)
  );
}

/** "Checking 11, 13 and 17, only the last one works." */
function choosesOne(beginning: string, phrases: Parsed['phrases']): boolean {
  if (!/^\s*\p{L}+ing\s/u.test(beginning)) return false;
  const only = phrases.findIndex((phrase) => has(phrase, 'only'));
  return only > 0 && phrases.slice(only + 1).some((phrase) => has(phrase, 'right', 'good'));
}

/** "Figure 3 shows them." */
const FIGURE = /^\s*(?:the )?(?:figure|fig\.|table|diagram|chart|graph|appendix|listing)\s{1,3}\d/i;

/** What is added to an answer: "Here $C$ is a constant", "Numerically, x ≈ 1.585", "It lies between 1 and 2". */
const ADDS =
  /^\s*(?:test:\s|here,? \$?[a-z]\$? (?:is|denotes|stands)\b|numerically,?\s[^.]{0,30}(?:≈|\\approx)|.{0,40}\b(?:it|this) (?:lies|is) (?:strictly )?between\b|with(?:out)? [^,]{3,30},? (?:there|it|we|this) would\b|(?:differentiating|integrating|expanding|squaring)\b.{0,40}\bgives back\b)/i;

/** "Page 3 of 7", "© 2024" */
const PAGE = /^\s*(?:page \d{1,4} (?:of|\/) \d{1,4}\s*$|©)/i;

/** "Key takeaway: 3 blocks give 3! orders.", "Word count: 212" */
const LABEL =
  /^[\s*_]*(?:key )?(?:takeaways?|ideas?|insights?|lessons?|moral|keywords|tags|word count|tokens(?: used)?|elapsed(?: time)?|time taken)[*_]*\s?:/i;

/** "Score: 10/10": what the text thinks of itself. */
const MARK =
  /^[\s*_]*(?:self[- ])?(?:score|rating|grade|marks?|points|assessment)[*_]*\s?:[\s*_]*\d{1,3}(?:\.\d)?\s?\/\s?(?:5|10|20|100)\s*$/i;

/** "You could also check this with 3 cases." */
const TRIES =
  /^\s*(?:you|one|we) (?:can|could|may|might) (?:also )?(?:want to |try to )?(?:check|verify|confirm|test|try)(?: (?:this|it|that))? (?!that\b)\p{L}+/iu;
