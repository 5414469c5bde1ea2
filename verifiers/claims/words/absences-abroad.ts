/** How languages say that an equation has no solution, where it is all that a clause says at its end. */
const SPACED: readonly string[] = [
  // Russian and Ukrainian, which may put what is lacking first.
  '(?:нет|не имеет|не существует) (?:(?:действительных|вещественных|целых|таких) )?(?:решений|корней|чисел)',
  '(?:решений|корней|таких чисел) (?:нет|не существует)',
  "(?:немає|не має) (?:дійсних )?(?:розв['’]язків|коренів)",
  "(?:il )?(?:n['’](?:y )?a|n['’]admet|n['’]existe|n['’]ont) (?:pas (?:de|d['’])|aucune) ?(?:solution|racine)s?(?: réelles?)?",
  '(?:pas de|aucune|sans) (?:solution|racine)s?(?: réelles?)?',
  "(?:il )?n['’](?:existe|y a) (?:aucune?|pas (?:de|d['’])) ?(?:tel(?:le)?s? )?(?:entier|nombre|réel|valeur|fonction|triplet|couple|point)s?(?: (?:de ce type|tel|qui convienne))?",
  'no existen? (?:ningún|ninguna|tal|tales) (?:entero|número|valor|función|par|punto)s?(?: así)?',
  '(?:es )?(?:existier(?:t|en)|gibt(?: es)?) keine? (?:solche[nrs]? )?(?:ganzen? Zahl(?:en)?|Zahl(?:en)?|Wert|Funktion(?:en)?|Punkt)',
  '(?:no (?:tienen?|hay|existen?|posee) (?:ninguna )?|sin |ninguna )(?:soluci(?:ón|ones)|raí(?:z|ces))(?: reale?s?)?',
  '(?:es )?(?:existier(?:t|en) |gibt (?:es )?|hat |besitzt |haben )?keine (?:(?:reellen?|ganzzahligen?|solchen?) )?(?:Lösung(?:en)?|Nullstellen?|Zahl(?:en)?)',
  'unlösbar|nicht lösbar',
  "(?:non (?:ha|ci sono|esistono|ammette|c[’']è) |nessuna |senza )soluzion[ei](?: real[ei])?",
  '(?:não (?:tem|há|existem?|possui|admite) |sem |nenhuma )solu(?:ção|ções)(?: rea(?:l|is))?',
  '(?:brak|nie ma|nie posiada) rozwiązań(?: rzeczywistych)?',
  'geen (?:reële )?oplossing(?:en)?',
  '(?:saknar|har ingen|har inga|ingen|inga) (?:reella |reelle )?l[öø]sning(?:ar|er)?',
  '(?:gerçek )?(?:çözüm|kök)(?:ü|ler|leri)? yok(?:tur)?',
  '(?:phương trình )?(?:vô nghiệm|không có nghiệm(?: thực)?)',
  'tidak (?:ada|memiliki|mempunyai) (?:solusi|penyelesaian|akar)(?: (?:real|nyata))?',
  '(?:لا يوجد|لا توجد|ليس هناك|ليس لها|ليس للمعادلة)(?: أي)? (?:حل|حلول|جذور)(?: حقيقية?)?',
  '(?:جواب|جوابی|راه ?حل|راه ?حلی|ریشه حقیقی) (?:ندارد|وجود ندارد)',
  '(?:कोई )?(?:वास्तविक )?(?:हल|समाधान|मूल) नहीं(?: है| हैं)?',
  '(?:실근|해|근|실수해|정수해)(?:가|는|이|은)? ?(?:없다|없습니다|없음|없어요|존재하지 않는다|존재하지 않습니다)',
];
const UNSPACED: readonly string[] = [
  '(?:无|無)(?:实数|實數|实|整数|正整数|有理数)?(?:解|根)',
  '(?:没有|沒有|不存在)(?:这样的|任何|满足条件的|符合条件的)?(?:正|负)?(?:实数|實數|实|整数|有理数|自然数)?(?:解|根|值|数|整数)',
  '(?:没有|不存在)(?:这样的|满足条件的|符合条件的)(?:正|负)?(?:实数|整数|有理数|自然数)',
  '(?:実数|整数|自然数)?解(?:なし|無し|は(?:存在し)?(?:ない|ありません|ません)|[をは]持たない|[がは]存在しない|[がは]ない)',
];

const ABSENT = new RegExp(
  `(?:^|[^,;:]{0,80}?[\\s:：])(${SPACED.join('|')})\\s*$|(?:^|[^,;:，；：]{0,40}?)(${UNSPACED.join('|')})\\s*$`,
  'iu',
);

/** The quick test that spares most clauses the slow one. */
const MAY_LACK =
  /нет|не имеет|не существует|нема|не має|[nN]['’]|[pP]as de|[aA]ucune|[sS]ans |[nN]o |[sS]in |[nN]inguna|[kK]eine|lösbar|[nN]on |[nN]essuna|[sS]enza|[nN]ão|[sS]em |[nN]enhuma|[bB]rak |[nN]ie |[gG]een |[sS]aknar|[iI]ng[ea]n? |yok|[vV]ô |[kK]hông |[tT]idak |لا |ليس|ندارد|नहीं|없|않|[无無]|没有|沒有|不存在|なし|無し|ない|ません/u;

/** What is lacking by the end of a clause, as it says so: "keine Lösung", "没有实数解"; null where nothing is. */
export function lackingAbroad(said: string): string | null {
  if (said.length > 160 || !MAY_LACK.test(said)) return null;
  const match = ABSENT.exec(said);
  return match === null ? null : (match[1] ?? match[2]!);
}

export const mayLackAbroad = (said: string): boolean => MAY_LACK.test(said);
