import { eld } from 'eld/extrasmall';

const WORDS_IN_A_PIECE = 100;
const CHARACTERS_IN_A_PIECE = 1000;
const LONGEST_WORD = 200;
/** A shorter piece says too little. */
const LEAST_CHARACTERS = 60;
/** Formulas, code and numbers have no language. */
const withoutLanguage = /[\\${}=^_<>|\d]/;

/** In how many pieces of a text, of about a hundred words each, which language is written (ISO 639-1), where it is clear. */
export const languagesOf = (text: string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const piece of piecesOf(text)) {
    if (piece.length < LEAST_CHARACTERS) continue;
    const guess = eld.detect(piece);
    if (!guess.isReliable()) continue;
    found.set(guess.language, (found.get(guess.language) ?? 0) + 1);
  }
  return found;
};

function* piecesOf(text: string): Generator<string> {
  let words: string[] = [];
  let length = 0;
  for (const word of wordsOf(text)) {
    words.push(word);
    length += word.length;
    if (words.length < WORDS_IN_A_PIECE && length < CHARACTERS_IN_A_PIECE) continue;
    yield words.join(' ');
    words = [];
    length = 0;
  }
  yield words.join(' ');
}

/** A script without spaces is one long word: it is cut. */
function* wordsOf(text: string): Generator<string> {
  for (const word of text.split(/\s+/)) {
    if (withoutLanguage.test(word)) continue;
    for (let from = 0; from < word.length; from += LONGEST_WORD) yield word.slice(from, from + LONGEST_WORD);
  }
}
