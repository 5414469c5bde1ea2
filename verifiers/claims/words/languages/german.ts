import type { Vocabulary } from '../roles.ts';

export const GERMAN: Vocabulary = {
  answer: `
    antwort | die antwort | endgültige antwort | richtige antwort | korrekte antwort | meine antwort | endergebnis |
    richtige option | richtige lösung
  `,
  label: 'ergebnis | lösung | option | resultat | fazit | das ergebnis',
  others: 'falsche | erwartete | andere | seine | ihre | inkorrekte | vermeintliche | vorgegebene',
  link: `
    ist | sind | lautet | lauten | beträgt | betragen | gleich | ergibt | ergeben | gibt es | es gibt | wäre | war |
    macht | wird | erhalten wir | wir erhalten | haben wir | muss | hat | sei | bekommen wir | bleiben | bleibt
  `,
  restate: 'das heißt | d h | also | nämlich | genauer',
  pick: 'ich wähle | wir wählen | nehme | wähle | entscheide mich für',
  deny: `
    keine von | keiner von | keines von | keine der | nicht | kein | keine | keinen | nie | niemals | weder | noch |
    statt | anstatt | außer | keineswegs | verwerfen | ausgeschlossen | keinesfalls
  `,
  but: 'sondern',
  wrong: `
    ist eine obere schranke | ist nur eine obere schranke | ist eine untere schranke |
    ist nur eine untere schranke | ist falsch | ist inkorrekt | ist nicht richtig | ist nicht korrekt |
    ist unmöglich | scheidet aus | ist ausgeschlossen | wird verworfen | stimmt nicht | passt nicht | entfällt
  `,
  right: 'ist richtig | ist korrekt | stimmt | ist wahr',
  suppose: 'wenn | falls | angenommen | nehmen wir an | ob | gesetzt den fall | sei angenommen',
  report: `
    mein freund | meine freundin | ein freund | meint | antwort sei | sagt | sagen | sagte | könnte man | manche |
    scheint | auf den ersten blick | zum beispiel | z b | behauptet | glaubt | jemand | zunächst | würden sagen |
    könnten sagen | häufiger fehler | meinen
  `,
  elsewhere: 'vorherigen frage | vorigen frage | anderen frage | letzten frage | vorherigen aufgabe | anderen aufgabe',
  numbered: 'frage 1 | frage 2 | frage 3 | aufgabe 1 | aufgabe 2 | aufgabe 3',
  likens: 'wie | wie in | anders als',
  wait: 'nein | moment | warte | eigentlich | tatsächlich | entschuldigung | halt | vielmehr | sorry | doch',
  retract: `
    ich habe mich geirrt | das ist falsch | das stimmt nicht | korrektur | ich habe einen fehler gemacht |
    ich habe einen fall vergessen | das war falsch | das ist nicht richtig
  `,
  aside: 'hinweis | anmerkung | probe | bemerkung | erklärung | überprüfung | ich hoffe',
  because: 'da | weil | denn',
  partitive: 'von denen | davon',
  unreal: 'würde | würden | wäre | wären | hätte | hätten | ergäbe',
  subordinate: `
    von denen | davon | als | wo | weil | da | denn | für | in | bei | mit | nach | von | aus | an | auf | wobei |
    während | um | zu | im | zwischen | laut
  `,
  condition: 'wenn | falls | es sei denn | sonst | andernfalls | sofern',
  conclude: 'also | somit | daher | folglich | deshalb | damit | schließlich | insgesamt',
  bounds: 'zwischen | echt zwischen | strikt zwischen',
  modify: `
    mehr als | weniger als | größer als | kleiner als | fast | beinahe | wenigstens | minimal | maximal | ungefähr |
    etwa | knapp | über | unter | plus | minus | mal | hälfte | doppelte | dreifache | prozent | tausend | million |
    millionen | dutzend | mindestens | höchstens | größer | kleiner | mehr | weniger | quadrat
  `,
  join: 'und | oder',
  hedge: 'vielleicht | möglicherweise',
  pronoun: 'es | das | dies',
  decline: `
    ich weiß nicht | ich weiß es nicht | lässt sich nicht bestimmen | nicht bestimmbar | ich bin nicht sicher |
    bin mir nicht sicher | keine ahnung
  `,
  good: 'richtig | korrekt | wahr | richtige | korrekte | zutreffend | trifft zu | passt | bleibt',
  bad: `
    falsch | falsche | inkorrekt | unzutreffend | ausgeschlossen | unmöglich | scheiden aus | trifft nicht zu |
    entfallen
  `,
  except: 'außer | alle außer | bis auf',
  concede: 'obwohl | zwar | auch wenn',
  only: 'nur | allein | lediglich',
  kind: 'buchstabe | option | aussage | möglichkeit | die | der | das',
  opine: 'ich glaube | ich denke | ich würde sagen | ich wähle | ich nehme',
  or: 'oder',
  inverts: 'wäre | hätte',
  range: 'bis',
};
