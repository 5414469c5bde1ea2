/** How a language counts the options that it offers. */
interface Counting {
  /** From the first one on; forms of one are parted by a slash. */
  readonly places: string;
  readonly last: string;
  /** What is counted. */
  readonly things: string;
  /** What leads to a place by itself: "it is the second". */
  readonly leads: string | null;
  /** Whose option it is where it is counted among those of a preference: "my second choice". */
  readonly owners: string;
}

const ENGLISH: Counting = {
  places: 'first/1st second/2nd third/3rd fourth/4th fifth/5th sixth/6th',
  last: 'last',
  things: 'option|choice|alternative|answer choice',
  leads: "is the|['’]s the|choose the|pick the|select the|with the",
  owners: 'my|our|your|his|her|their',
};

const ABROAD: readonly Counting[] = [
  {
    places: 'primera segunda tercera cuarta quinta sexta',
    last: 'última',
    things: 'opción|alternativa|respuesta',
    leads: 'es la',
    owners: 'mi|nuestra|tu|su',
  },
  {
    places: 'première/premier deuxième/second/seconde troisième quatrième cinquième sixième',
    last: 'dernière/dernier',
    things: 'option|proposition|réponse|choix',
    leads: 'est la',
    owners: 'mon|ma|notre|votre|son|sa',
  },
  {
    places: 'erste/ersten zweite/zweiten dritte/dritten vierte/vierten fünfte/fünften sechste/sechsten',
    last: 'letzte/letzten',
    things: 'option|antwort|möglichkeit|aussage',
    leads: 'ist die',
    owners: 'meine|unsere|deine|ihre|seine',
  },
  {
    places: 'первый второй третий четвёртый/четвертый пятый шестой',
    last: 'последний',
    things: 'вариант',
    leads: null,
    owners: 'мой|наш|твой|его|её',
  },
];

const LANGUAGES: readonly Counting[] = [ENGLISH, ...ABROAD];

const formsOf = (words: string): readonly string[] => words.split(/[\s/]/);

/** Which place a word names: from one on, or from the end, -1. */
const PLACE_OF: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap(({ places, last }) => [
    ...places.split(' ').flatMap((forms, index) => formsOf(forms).map((form) => [form, index + 1] as const)),
    ...formsOf(last).map((form) => [form, -1] as const),
  ]),
);

const ofLanguage = ({ places, last, things, leads, owners }: Counting): string => {
  const ordinals = [...formsOf(places), ...formsOf(last)].join('|');
  const alone = leads === null ? '' : `|(?<=\\b(?:${leads}) )(?:${ordinals})(?: one)?(?=[.,:;!]|$)`;
  return `(?<!\\p{L})(?<!(?<!\\p{L})(?:${owners}) )(?:${ordinals}) (?:${things})(?!\\p{L})${alone}`;
};

const CARDINALS = ['one', 'two', 'three', 'four', 'five', 'six'];

const COUNTED = new RegExp(
  `${LANGUAGES.map(ofLanguage).join('|')}|(?<!\\p{L})(?:option|choice) (?:number )?(?:[1-9](?![\\d.])|(?:${CARDINALS.join('|')})(?=\\W*(?:$|[.,;:!)]|(?:is|was|fits|works|holds)(?!\\p{L}))))|第 ?[一二三四五六1-6] ?个?(?:选项|選項|项)`,
  'giu',
);
const HAN = '一二三四五六';

/** A place that a text names among the options: "the third option", "option 3", "it's the second", "第三个选项". */
export interface Counted {
  readonly start: number;
  readonly end: number;
  /** From one on; -1 for the last. */
  readonly place: number;
  /** Whether it is written in digits, as the text of an option may be. */
  readonly digit: boolean;
}

/** The place that a word names, from one on; 0 where it names none, or the last. */
export const placeNamed = (word: string): number => Math.max(0, PLACE_OF.get(word.toLowerCase()) ?? 0);

export const countedIn = (text: string): Counted[] =>
  [...text.matchAll(COUNTED)].map(({ 0: said, index }) => ({
    start: index,
    end: index + said.length,
    ...placeOf(said.toLowerCase()),
  }));

function placeOf(said: string): { readonly place: number; readonly digit: boolean } {
  const digit = /[1-9]/.exec(said)?.[0];
  if (digit !== undefined) return { place: Number(digit), digit: !said.startsWith('第') };
  const cardinal = /^(?:option|choice) /.test(said) ? CARDINALS.indexOf(said.split(' ').at(-1)!) + 1 : 0;
  if (cardinal > 0) return { place: cardinal, digit: false };
  const han = [...said].map((sign) => HAN.indexOf(sign) + 1).find((place) => place > 0);
  return { place: han ?? PLACE_OF.get(said.split(' ')[0]!) ?? 0, digit: false };
}
