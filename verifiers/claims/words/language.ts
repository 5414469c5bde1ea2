/** The languages in Latin script whose small words would be mistaken for each other's. */
export type Latin = 'english' | 'spanish' | 'french' | 'german' | 'western';

const MARKERS: Readonly<Record<Exclude<Latin, 'western'>, ReadonlySet<string>>> = {
  english: markers(
    'the is of and so we that this it an are to not answer be which what with but for from first right case wrong has have',
  ),
  spanish: markers('el los las de que es por una con la respuesta del entonces en son hay más tanto sino espera'),
  french: markers('le les est donc une des et du que la réponse pour dans nous pas il un mais non attendez sont si'),
  german: markers('der das ist und nicht eine ein wir antwort es von mit auf zu sondern nein wenn dann'),
};
const WORD = /\p{Script=Latin}{2,}/gu;
/** Enough words of the end to tell by. */
const LOOKED_AT = 1200;

/** The language that most small words of a text's end belong to; English where no other has more. */
export function languageOf(text: string): Latin {
  const counts = { english: 0, spanish: 0, french: 0, german: 0 };
  for (const [word] of text.slice(-LOOKED_AT).matchAll(WORD)) {
    const lower = word.toLowerCase();
    for (const language of LANGUAGES) if (MARKERS[language].has(lower)) counts[language] += 1;
  }
  const most = LANGUAGES.reduce((best, one) => (counts[one] > counts[best] ? one : best));
  return counts[most] === 0 &&
    /\p{Script=Latin}{5}/u.test(text.slice(-LOOKED_AT)) &&
    !ENGLISH_LOOK.test(text.slice(-LOOKED_AT))
    ? 'western'
    : most;
}

const LANGUAGES = ['english', 'spanish', 'french', 'german'] as const;
/** Texts of a few words hold no small one. */
const ENGLISH_LOOK = /answer|total|result|option|choice|solution|therefore|hence|thus|wait|sorry|actually|\\/i;

function markers(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
