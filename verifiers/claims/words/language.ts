import { WESTERN } from './languages/by-script.ts';
import { ENGLISH } from './languages/english.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { SPANISH } from './languages/spanish.ts';
import type { Vocabulary } from './roles.ts';

/** The languages in Latin script whose small words would be mistaken for each other's. */
export type Latin = 'english' | 'spanish' | 'french' | 'german' | 'western';

const LANGUAGES: readonly Latin[] = ['english', 'spanish', 'french', 'german', 'western'];

/** Small words that no vocabulary needs; they tell a language all the same, and count twice. */
const MARKERS: Readonly<Record<Latin, string>> = {
  english:
    'the there therefore hence thus total number is of and so we that this it an are to not answer be which what with but for from first right case wrong has have',
  spanish: 'el los las de que es por una con la respuesta del entonces en son hay más tanto sino espera lo se',
  french:
    "le les est donc une des et du que la réponse pour dans nous pas il un mais non attendez sont si ce cette c'est n'est",
  german:
    'er sie im pro der das ist und nicht eine ein wir antwort es von mit auf zu sondern nein wenn dann die den dem',
  western:
    'soluzioni soluzione sono radici gli questo perché possibili são soluções solução raízes equação dos das seu oplossing oplossingen getal rozwiązania rozwiązaniem są liczba równania lösningarna lösningar lösning rötter løsning løsninger ratkaisut ratkaisu ovat çözümler çözüm kökler denklemin penyelesaian solusi akar nghiệm phương trình řešení jsou kořeny megoldások megoldás soluții sunt rezultatul il della é è ò risposta quindi non resposta correta não nie niet inte ikke tidak portanto letra är svaret svar jest istnieją zatem więc odpowiedź het antwoord uitkomst zijn dus er een van pelo menos seja existem números bu nedenle cevap dır dir adet vardır jadi jumlah adalah jawaban vậy là số đáp án minst minstens almeno liczby takie rimangono restano abbiamo otteniamo ottiene perciò somma valore restam temos obtemos soma heeft blijven zostaje zostało razem więc jest finns alltså toplam tane',
};
const VOCABULARIES: Readonly<Record<Latin, Vocabulary>> = {
  english: ENGLISH,
  spanish: SPANISH,
  french: FRENCH,
  german: GERMAN,
  western: WESTERN,
};

/** For each word how much it speaks for each of the languages. */
const WEIGHTS: ReadonlyMap<string, readonly number[]> = weights();

/** What follows "I'" is the rest of a word. */
const WORD =
  /(?<![iI]['’])\p{Script=Latin}{2,40}(?:['’]\p{Script=Latin}{1,40})?|[cnC]['’]e\p{Script=Latin}{1,40}|(?<!\p{L})[éèò](?!\p{L})/gu;
/** The same for a text without any other letter. */
const ASCII_WORD = /(?<![iI]')[a-zA-Z]{2,40}(?:'[a-zA-Z]{1,40})?|[cnC]'e[a-zA-Z]{1,40}/g;
/** Enough words of the end to tell by. */
const LOOKED_AT = 1200;

/** The language that most words of a text's end belong to; English where none has more. */
export function languageOf(text: string): Latin {
  const counts = [0, 0, 0, 0, 0];
  const end = text.slice(-LOOKED_AT);
  for (let to = end.length; to > 0; to -= STRETCH) {
    const written = end.slice(Math.max(0, to - STRETCH), to);
    const stretch = MAY_CALCULATE.test(written) ? written.replace(FORMULA, ' ') : written;
    for (const word of stretch.match(/[^ -~\s]/.test(stretch) ? WORD : ASCII_WORD) ?? []) {
      const weight = WEIGHTS.get(word.toLowerCase());
      if (weight !== undefined) for (let index = 0; index < counts.length; index += 1) counts[index]! += weight[index]!;
    }
    if (counts[0]! >= ENOUGH && counts.every((count, index) => index === 0 || count * 4 <= counts[0]!))
      return 'english';
  }
  const most = Math.max(...counts);
  return LANGUAGES[counts.indexOf(most)]!;
}

/** Words of a formula are of no language. */
const MAY_CALCULATE = /[$\\]/;
const FORMULA = /\$[^$\n]{1,200}\$|\\[a-zA-Z]+(?:\{[^{}\n]{0,60}\})?/g;

/** The end is read in stretches, from the last one back, until it is English beyond doubt. */
const STRETCH = 300;
const ENOUGH = 24;

/** Whether a text is in a language that writes three and a half as "3,5". */
export const writesCommas = (text: string, language: Latin): boolean =>
  language !== 'english' || /\p{Script=Cyrillic}{3}/u.test(text.slice(-LOOKED_AT));

/** Whether a text is in a language that writes a thousand as "1.000". */
export const groupsByPoints = (language: Latin): boolean =>
  language === 'german' || language === 'spanish' || language === 'western';

function weights(): Map<string, number[]> {
  const known = new Map<string, number[]>();
  const enter = (word: string, index: number, weight: number): void => {
    const own = known.get(word) ?? [0, 0, 0, 0, 0];
    own[index] = Math.max(own[index]!, weight);
    known.set(word, own);
  };
  for (const [index, language] of LANGUAGES.entries()) {
    for (const phrase of Object.values(VOCABULARIES[language]).flatMap((phrases) => phrases.split('|'))) {
      const word = phrase.trim().toLowerCase();
      if (word.length > 1 && !/\s/.test(word)) enter(word, index, 1);
    }
    for (const word of MARKERS[language].split(' ')) enter(word, index, /[^a-z']/.test(word) ? 3 : 2);
  }
  return known;
}
