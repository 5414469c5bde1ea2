import type { Value } from '../../text/value.ts';
import { has, type Phrase } from '../../words/phrases.ts';
import type { Parsed } from './clauses.ts';

const CONJUNCTION =
  /^(?:while|whereas|although|though|because|since|when|whenever|as|if|only if|unless|provided|provided that|assuming|as long as)$/i;
const CONTRASTS = /^wh(?:ile|ereas)$/i;
const GERUND =
  /^(?:giving|yielding|making|leaving|getting|having|buying|keeping|retaining|marking|selecting|choosing)$/i;
/** What is done to come to a value, not for the sake of one. */
const RESULTS = /^(?:get|obtain|give|yield|find|have|be|become|reach|equal|total|arrive)$/i;

/**
 * The links of a clause without those of what goes along with a value that was said before: "37 apples while Tom has 12",
 * "37 after giving away 5", "29 hours to earn 435 dollars". One pass, for a clause may have thousands.
 */
export function mainLinks(
  { text, values: all }: Pick<Parsed, 'text' | 'values'>,
  phrases: readonly Phrase[],
  values: readonly Value[],
): Phrase[] {
  const said = values.find(({ names }) => !names);
  const links: Phrase[] = [];
  let conjunction: Phrase | null = null;
  let contrasts = false;
  let named = 0;
  for (const [index, phrase] of phrases.entries()) {
    const behind = said !== undefined && said.end <= phrase.start;
    const before = phrases[index - 1];
    const spelled = behind ? text.slice(phrase.start, phrase.end) : '';
    if (has(phrase, 'link', 'restate', 'pick')) {
      while (named < all.length && all[named]!.end <= phrase.start) named += 1;
      const name = all[named - 1];
      // "x equals 1 while y equals 2"
      const another = contrasts && name?.names === true && name.start >= conjunction!.end;
      const gerund = GERUND.test(spelled);
      const purpose =
        before !== undefined &&
        said !== undefined &&
        said.end <= before.start &&
        /^to$/i.test(text.slice(before.start, before.end)) &&
        !has(phrase, 'restate') &&
        !RESULTS.test(spelled);
      const along = gerund
        ? has(before, 'subordinate') && !has(before, 'pronoun') && said !== undefined && said.end <= before!.start
        : conjunction !== null && !another;
      if (!purpose && !along) links.push(phrase);
    }
    if (behind && CONJUNCTION.test(spelled)) {
      conjunction = phrase;
      contrasts = CONTRASTS.test(spelled);
    }
  }
  return links;
}
