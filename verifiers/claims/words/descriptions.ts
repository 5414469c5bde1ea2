/** How one of several values is told from the others without being written again. */
export type Description = 'first' | 'last' | 'negative' | 'positive' | 'smaller' | 'larger';

const THING =
  '(?:one|root|roots|solution|solutions|value|values|answer|case|number|candidate|option|raíz|solución|valor|racine|valeur|lösung|wurzel|wert|корень|решение|значение)';

/** In all languages, as patterns; an adjective counts beside what it describes only. */
const PATTERNS: Readonly<Record<Description, RegExp>> = {
  first: new RegExp(
    `\\b(?:former|first ${THING}|erstere\\p{L}?)\\b|前者|первый|premi(?:er|ère)|\\bprimer[ao]?\\b`,
    'iu',
  ),
  last: new RegExp(
    `\\b(?:latter|second ${THING}|last ${THING}|letztere\\p{L}?)\\b|后者|後者|второй|deuxième|\\bsegund[ao]\\b`,
    'iu',
  ),
  negative: new RegExp(
    `\\bnegative\\p{L}? ${THING}\\b|${THING} (?:negativ[ao]|négative)(?!\\p{L})|负[值数根解]|отрицательн`,
    'iu',
  ),
  positive: new RegExp(`\\bpositive\\p{L}? ${THING}\\b|${THING} positiv[aoe](?!\\p{L})|正[值数根解]|положительн`, 'iu'),
  smaller: new RegExp(`\\b(?:smaller|lesser|smallest) ${THING}\\b|较小`, 'iu'),
  larger: new RegExp(`\\b(?:larger|greater|bigger|largest) ${THING}\\b|较大`, 'iu'),
};

const QUICK =
  /form|lat|first|second|last|letz|erst|前|后|後|перв|втор|prem|deux|prim|segu|n[eé]ga|posi|负|正|отриц|полож|small|less|较|larg|great|bigg/iu;

/** The one description that some words hold; null where they hold none, or two. */
export function describedBy(words: string): Description | null {
  if (!QUICK.test(words)) return null;
  const found = (Object.keys(PATTERNS) as Description[]).filter((one) => PATTERNS[one].test(words));
  return found.length === 1 ? found[0]! : null;
}
