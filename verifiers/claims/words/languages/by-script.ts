import type { Vocabulary } from '../roles.ts';

/** Languages of scripts of their own: their words are met in no other text. */
export const EASTERN: Vocabulary = {
  answer:
    '答え | 解答 | 正解 | 정답 | 답 | 최종 답 | คำตอบ | ตอบ | תשובה | התשובה | відповідь | отговор | απάντηση | উত্তর | பதில்',
  link: `
    になります | になりました | となります | は | 은 | 는 | 이 | 가 | คือ | είναι | היא | הוא | дорівнює | 입니다 | です | である | であり | となる |
    になる | だ | 이다 | 이며
  `,
  pick: 'を選ぶ | を選びます',
  range: '에서 | 부터 | から',
  deny: `
    아님 | 아니에요 | 가 아니다 | 이 아니다 | 아니다 | 가 아닙니다 | 이 아닙니다 | ではなく | じゃなくて | 가 아니라 | 이 아니라 | ではない | ではありません | じゃない | 아니라 |
    아닙니다 | אינה | לא
  `,
  modify: `
    以上 | 以下 | 未満 | より大きい | より小さい | 約 | 少なくとも | 多くとも | 超 | 이상 | 이하 | 미만 | 초과 | 약 | 적어도 | 최대 | 최소 | 보다 큰 | 보다 작은 |
    อย่างน้อย | ไม่เกิน | มากกว่า | น้อยกว่า | לפחות | לכל היותר | יותר מ | פחות מ | τουλάχιστον | το πολύ |
    принаймні | щонайменше | не менше | не більше
  `,
  report: 'と言っている | と言う | と言った | と言っていた | 友達は | 友人は | 친구는 | 라고 말한다',
  suppose: 'もし | 만약 | 라면',
  conclude: 'よって | したがって | ゆえに | 따라서 | 그러므로',
  wait: 'いや | 待って | 아니 | 잠깐',
  aside: '解説 | 풀이',
  but: 'ではなく | じゃなくて | 가 아니라 | 이 아니라 | 아니라',
  good: '正しい | 正解 | 맞다 | 맞습니다 | 옳다',
  bad: '誤り | 間違い | 틀리다 | 틀렸습니다 | 틀렸다',
};

/** Further languages in Latin script. */
export const WESTERN: Vocabulary = {
  answer: `
    risposta | risposta corretta | risposta finale | resposta | resposta correta | resposta final | odpowiedź |
    poprawna odpowiedź | svar | svaret | antwoord | het antwoord | cevap | doğru cevap | jawaban | jawabannya |
    jawaban yang benar | jawapan | đáp án | đáp số | válasz | odpověď | vastaus | răspuns | odgovor
  `,
  link: `
    sono | são | otteniamo | obtemos | risulta | is | é | è | jest | to | är | er | adalah | là | je | este |
    equivale | on | blir | olur | wynosi | letra | lettera
  `,
  pick: `
    chọn | tôi chọn | escolho | marco | scelgo | wybieram | jag väljer | ik kies | kies | seçiyorum | pilih |
    saya pilih | volím | velger | vælger
  `,
  deny: 'non | não | nie jest | nie | inte | tidak | không | ei | ikke | değil | bukan | không phải | niet | geen',
  modify: `
    doppio | metà | dobro | metade | dubbele | helft | dubbla | hälften | razy | połowa | iki katı | yarısı |
    gấp đôi | một nửa | dua kali | setengah | pelo menos | no mínimo | no máximo | mais do que | menos do que |
    quase | cerca de | al massimo | come minimo | più che | meno che | circa | quasi | co najmniej | co najwyżej |
    prawie | około | ponad | poniżej | åtminstone | som mest | nästan | ungefär | över | under | mindst | højst |
    minimaal | maximaal | ten minste | ten hoogste | bijna | ongeveer | tenminste | yaklaşık | en çok | daha fazla |
    daha az | neredeyse | paling sedikit | paling banyak | hampir | sekitar | tối đa | tối thiểu | khoảng | gần |
    vähintään | enintään | alle | yli | noin | legalább | legfeljebb | alespoň | nejvýše | cel puțin | cel mult |
    mais de | menos de | mais que | menos que | pelo menos | più di | meno di | almeno | minst | högst | mer än |
    mindre än | co najmniej | co najwyżej | mniej niż | więcej niż | meer dan | minder dan | minstens | hoogstens |
    en az | en fazla | kurang dari | lebih dari | setidaknya | ít nhất | nhiều nhất | hơn
  `,
  hedge: 'forse | talvez | być może | misschien | kanske | belki | có lẽ | mungkin',
  suppose: 'se | gdyby | jeśli | jika | nếu | eğer | om | als',
  conclude: `
    bu nedenle | dolayısıyla | o halde | yani | quindi | dunque | portanto | logo | zatem | więc | derfor | alltså |
    jadi | vậy | dus
  `,
  aside: 'nota | uwaga | not | catatan',
  kind: `
    şıkkı | şıkkıdır | seçeneği | seçeneğidir | letra | lettera | alternativa | opção | opzione | litera | optie |
    a | la | il | o
  `,
  but: 'ma | mas | ale | men | maar | utan | tetapi | mà',
  good: `
    prawidłowa | prawidłowy | poprawny | esatta | esatto | corretta | corretto | correta | correto | certa |
    poprawna | rätt | riktig | juist | doğru | benar | đúng
  `,
  bad: `
    błędna | błędny | błędne | nieprawidłowa | niepoprawna | sbagliato | sbagliata | errata | falsa | errada |
    incorreta | scorretta | fel | feil | fout | yanlış | salah | sai
  `,
  join: 'e | o | ou | och | og | dan | và | ve | i',
};
