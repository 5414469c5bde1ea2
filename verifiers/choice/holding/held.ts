import { turnsRound } from '../../claims/taking-back/corrections.ts';
import { sentencesOf } from '../../claims/text/sentences.ts';
import { type Latin, languageOf } from '../../claims/words/language.ts';
import { has } from '../../claims/words/phrases.ts';
import type { Option } from '../options/options.ts';
import { LABEL_LENGTH } from './bare.ts';
import { affirmAsked, correctionAt, inherit, takeBack } from './corrections.ts';
import { heldInScene } from './held-in-scene.ts';
import type { Held } from './held-option.ts';
import { FINAL } from './hold.ts';
import { tailOf } from './polarity.ts';
import { type Scene, sceneOf } from './scene.ts';

/** Longer texts are read from their end: the choice stands there. */
const LONGEST = 12_000;

/** All options that a text names, in order. Linear in its length: a sentence has a longest. */
export function heldIn(text: string, options: readonly Option[]): Held[] {
  const language = languageOf(text);
  const head = Math.max(0, text.length - LONGEST);
  const labelled = `${' '.repeat(head)}${text.slice(head).replace(LABEL, '$1:')}`;
  const held: Held[] = [];
  let heading: 1 | 2 | 3 = 1;
  let turnedAt: number | null = null;
  let concludes = false;
  let explains = false;
  for (const scene of scenesOf(labelled, language, options)) {
    const { sentence } = scene;
    const here = heldInScene(scene, heading, options.length);
    const corrects = judgeLabel(held, scene) ? null : correctionAt(scene, here);
    if (corrects !== null) takeBack(held, corrects);
    affirmAsked(held, scene);
    if (!concludes) leaveOpen(held, scene);
    if (here.some(({ hold }) => hold === 'asked') && has(scene.phrases[0], 'or')) doubt(held);
    explains ||= has(scene.phrases[0], 'aside') && held.some(({ bare, hold }) => bare && hold === 'stated');
    const said = corrects === null ? here : here.map((one) => inherit(one, held, corrects));
    held.push(...(explains ? said.map(onlyNamed) : said));
    heading = here.length > 0 ? 1 : headingOf(scene);
    if (scene.runs.length === 0 && turnsRound(scene)) turnedAt = sentence.start;
    concludes =
      (turnedAt !== null || has(scene.phrases[0], 'conclude')) && here.length === 1 && here[0]!.hold === 'stated';
  }
  return withoutLists(labelled, turnedAt !== null && concludes ? takenBackFrom(held, turnedAt) : held);
}

/** The scenes of a text; a label whose sentence goes on to speak of another option is one of its own: "A. Many choose B." */
function* scenesOf(text: string, language: Latin, options: readonly Option[]): Generator<Scene> {
  for (const sentence of sentencesOf(text, [])) {
    const scene = sceneOf(text, sentence, language, options);
    const colon = speaksOfAnother(scene);
    if (colon === null) yield scene;
    else {
      yield sceneOf(text, { ...sentence, end: colon, mark: '' }, language, options);
      yield sceneOf(text, { ...sentence, start: colon + 1 }, language, options);
    }
  }
}

/** Where the colon of such a label stands; null where what follows it is said of the label. */
function speaksOfAnother({ text, sentence, runs, phrases }: Scene): number | null {
  const [label, other] = runs;
  if (label === undefined || other === undefined || text[label.end] !== ':') return null;
  if (label.letters.length > 1 || /[\p{L}\p{N}]/u.test(text.slice(sentence.start, label.start))) return null;
  const head = phrases.find(({ start }) => start > label.end);
  if (head === undefined || head.start > other.start || !/\p{Lu}/u.test(text[head.start]!)) return null;
  return has(head, 'deny', 'bad', 'wrong', 'good', 'right', 'retract', 'pronoun') ? null : label.end;
}

/** "It is B. Or is it D?" */
function doubt(held: Held[]): void {
  const last = held.at(-1);
  if (last?.hold === 'stated') held[held.length - 1] = { ...last, hold: 'supposed' };
}

/** "Option D: lead. Let me check.": what is yet to be looked at is asked. */
function leaveOpen(held: Held[], { text, sentence }: Scene): void {
  const last = held.at(-1);
  if (last === undefined || !last.bare || last.hold !== 'stated' || last.weight > 1) return;
  if (!CHECKS.test(text.slice(sentence.start, sentence.start + 60))) return;
  const names = /(?:option|choice)\s$/i.test(text.slice(Math.max(0, last.start - 8), last.start));
  if ((names || last.end - last.start > LABEL_LENGTH) && text.slice(last.end, sentence.start).trim().length <= 2)
    held[held.length - 1] = { ...last, hold: 'asked' };
}

const CHECKS =
  /^\W{0,4}(?:let me|let us|let['’]s|i(?:['’]ll| will)|we(?:['’]ll| will))\s(?:(?:first|now|just) )?(?:check|verify|test|see|examine|analy[sz]e|consider|evaluate|look)\b/i;

/** What is called true behind "Explanation:" chooses nothing anew, unless it is called the answer. */
const onlyNamed = (one: Held): Held =>
  one.hold === 'stated' && one.weight === 1 && !one.firm ? { ...one, hold: 'named' } : one;

/** "The answer is D. Wait, water is the solvent. So it's C." */
function takenBackFrom(held: Held[], turnedAt: number): Held[] {
  takeBack(held, turnedAt);
  return held.map((one) => inherit(one, held, turnedAt));
}

/** `B. Bergen` begins a line: the stop ends no sentence. */
const LABEL = /^([\s>([]{0,8}[A-Za-z])[.)](?=\)?[ \t]{1,4}(?!(?:Do|Would|Should|Shall|Want|and|or)\s)\S)/gm;

/** A short sentence that names the answer, and leaves it to the next one to say it. */
function headingOf({ text, sentence, phrases, runs }: Scene): 1 | 2 | 3 {
  const cue = phrases.findLast((phrase) => has(phrase, 'answer'));
  const opens = sentence.mark === '' || /[:：]\s*$/.test(text.slice(sentence.start, sentence.end));
  if (runs.length > 0 || cue === undefined || !opens || phrases.length > 8) return 1;
  return FINAL.test(text.slice(cue.start, cue.end)) ? 3 : 2;
}

/** Labels that follow each other are the list of what may be chosen: of those that are judged, the others are not chosen. */
function withoutLists(text: string, held: readonly Held[]): Held[] {
  const labels = held.filter(
    ({ bare, label, hold, letters }) => letters.length === 1 && (bare ? hold === 'stated' : label),
  );
  const listed = new Set<Held>();
  for (const [index, one] of labels.entries()) {
    const next = labels[index + 1];
    if (next === undefined || !((one.bare && next.bare) || (isItem(text, one) && isItem(text, next)))) continue;
    if (next.letters[0]!.charCodeAt(0) !== one.letters[0]!.charCodeAt(0) + 1) continue;
    if (/^\W{0,8}(?:hmm|wait|no|actually|or rather)\b\W{0,8}$/i.test(text.slice(one.end, next.start))) continue;
    listed.add(one).add(next);
  }
  return held.map((one) => (listed.has(one) && one.bare ? { ...one, hold: 'option' } : one));
}

/** A label with what it labels on the same line. */
const isItem = (text: string, { label, end }: Held): boolean =>
  label && /^ {0,4}[:–—-]+ {1,4}\S/.test(text.slice(end, end + 12));

const LONGEST_GAP = 40;

/** "**B. Bergen**" above "This is wrong.": what the next sentence says, it says of the label. */
function judgeLabel(held: Held[], { runs, phrases, sentence, text }: Scene): boolean {
  const last = held.at(-1);
  if (runs.length > 0 || last === undefined || !last.bare || !last.label) return false;
  const between = text.slice(last.end, sentence.start + 1).slice(0, LONGEST_GAP);
  if (!between.includes('\n') || /[\p{L}\p{N}]\s/u.test(between)) return false;
  const sign = tailOf(has(phrases[0], 'pronoun') ? phrases.slice(1) : phrases);
  if (sign === 0) return false;
  held[held.length - 1] = { ...last, hold: sign === 1 ? 'stated' : 'denied', bare: false, firm: false };
  return true;
}
