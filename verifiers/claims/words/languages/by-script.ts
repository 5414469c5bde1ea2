import type { Vocabulary } from '../roles.ts';

/** Languages of scripts of their own: their words are met in no other text. */
export const EASTERN: Vocabulary = {
  answer:
    '答え | 解答 | 正解 | 정답 | 답 | 최종 답 | คำตอบ | תשובה | התשובה | відповідь | отговор | απάντηση | উত্তর | பதில்',
  link: 'は | 은 | 는 | คือ | είναι | היא | הוא | дорівнює | 입니다 | です',
  pick: 'を選ぶ | を選びます',
  deny: 'ではない | ではありません | じゃない | 아니라 | 아닙니다 | אינה | לא',
  suppose: 'もし | 만약 | 라면',
  conclude: 'よって | したがって | ゆえに | 따라서 | 그러므로',
  wait: 'いや | 待って | 아니 | 잠깐',
  aside: '解説 | 풀이',
  but: 'ではなく | じゃなくて',
  good: '正しい | 正解 | 맞다 | 맞습니다 | 옳다',
  bad: '誤り | 間違い | 틀리다 | 틀렸습니다 | 틀렸다',
};

/** Further languages in Latin script. */
export const WESTERN: Vocabulary = {
  answer: `risposta | risposta corretta | risposta finale | resposta | resposta correta | resposta final | odpowiedź | poprawna odpowiedź | svar
    | svaret | antwoord | het antwoord | cevap | doğru cevap | jawaban | jawapan | đáp án | đáp số | válasz | odpověď | vastaus | răspuns | odgovor`,
  link: 'é | è | jest | to | är | er | adalah | là | je | este | equivale | on | blir | olur | wynosi | letra | lettera',
  deny: 'non | não | nie | inte | ikke | değil | bukan | không phải | niet | geen',
  modify: `mais de | menos de | mais que | menos que | pelo menos | più di | meno di | almeno | minst | högst | mer än | mindre än | co najmniej | co najwyżej | mniej niż
    | więcej niż | meer dan | minder dan | minstens | hoogstens | en az | en fazla | kurang dari | lebih dari | setidaknya | ít nhất | nhiều nhất | hơn`,
  suppose: 'se | gdyby | jeśli | jika | nếu | eğer | om | als',
  conclude: 'quindi | dunque | portanto | logo | zatem | więc | derfor | alltså | jadi | vậy | dus',
  kind: 'letra | lettera | alternativa | opção | opzione | litera | optie | a | la | il | o',
  but: 'ma | mas | ale | men | maar | utan | tetapi | mà',
  good: 'corretta | corretto | correta | correto | certa | poprawna | rätt | riktig | juist | doğru | benar | đúng',
  bad: 'sbagliata | errata | falsa | errada | incorreta | scorretta | fel | feil | fout | yanlış | salah | sai',
  join: 'e | o | ou | och | og | dan | và | ve | i',
};
