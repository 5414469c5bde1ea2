import type { Vocabulary } from '../roles.ts';

export const FRENCH: Vocabulary = {
  answer: `
    réponse | la réponse | réponse finale | bonne réponse | réponse correcte | ma réponse | la bonne réponse |
    bonne option
  `,
  label: 'résultat | solution | option | conclusion',
  others: 'mauvaise | fausse | attendue | autre | sa | leur | erronée | incorrecte',
  link: `
    c'est | c'était | ce sera | il s'agit de | il s'agit de la | il s'agit du | n'est | est | sont | vaut | valent |
    égal à | égale à | est égal à | est égale à | donne | il y a | on obtient | on trouve | nous avons | on a |
    fait | sera | serait | devient | doit être | obtient | égale | obtenons | trouvons | était | reste
  `,
  restate: "c'est-à-dire | c'est à dire | soit | autrement dit",
  pick: `
    il faut choisir | choisir | on choisit | on retient | je choisis | nous choisissons | choisissons | je prends |
    je retiens
  `,
  deny: `
    aucune de | aucun de | aucune des | aucun des | pas | n'est pas | non | jamais | ni | ne sont pas | plutôt que |
    au lieu de | sauf | on rejette | on exclut | on élimine
  `,
  but: 'mais | mais plutôt',
  wrong: `
    n'est qu'une borne | est une borne | est seulement une borne | est fausse | est faux | est incorrecte |
    est incorrect | n'est pas correcte | n'est pas correct | n'est pas bon | n'est pas bonne | est à rejeter |
    est exclu | est exclue | ne convient pas | est erronée | est rejeté | est rejetée
  `,
  right: `
    est exacte | est exact | est la bonne réponse | convient | est correcte | est correct | est vraie |
    est la bonne | est juste
  `,
  suppose: 'si | supposons | supposez | imaginons | admettons | en supposant',
  report: `
    mon ami | un ami | mon amie | pense que | croit que | disent | dit | a dit | pourrait dire | pourraient dire |
    semble | à première vue | par exemple | certains | d'abord | prétend | affirme | on pourrait croire |
    au premier abord | erreur courante
  `,
  elsewhere: 'question précédente | autre question | question suivante | exercice précédent',
  likens: 'comme | contrairement',
  wait: 'non | attendez | attends | en fait | pardon | plutôt | un instant | désolé | désolée | enfin',
  retract: `
    je me suis trompé | je me suis trompée | c'est faux | ce n'est pas correct | correction | j'ai oublié un cas |
    j'ai fait une erreur | c'est incorrect | rectification
  `,
  aside: "remarque | vérification | explication | note | j'espère",
  because: 'car | parce que | puisque',
  partitive: 'dont | parmi lesquels',
  unreal: 'serait | seraient | donnerait | aurait | aurions | obtiendrait | vaudrait',
  subordinate: `
    dont | parmi lesquels | quand | où | car | parce que | puisque | lorsque | pour | en | avec | par | de | dans |
    après | que | qui | dont | entre | selon | à | au
  `,
  condition: 'si | sauf si | à moins que | sinon',
  conclude: 'donc | ainsi | par conséquent | alors | finalement | en conclusion | on conclut',
  bounds: 'entre | strictement entre | compris entre',
  modify: `
    plus de | moins de | plus que | moins que | presque | plus | moins | fois | moitié | double | triple |
    pour cent | mille | million | millions | douzaine | douzaines | au moins | au minimum | au maximum |
    tout au plus | environ | à peine | au plus | supérieur | inférieur | carré
  `,
  join: 'et | ou',
  hedge: 'peut-être | éventuellement',
  pronoun: "ce | cela | c'est | il | elle",
  decline: `
    je ne sais pas | impossible à déterminer | on ne peut pas déterminer | je ne suis pas sûr | je ne suis pas sûre
  `,
  good: 'exacte | exact | correcte | correct | vraie | vrai | juste | bonne | bon | valable | reste | convient',
  bad: `
    fausse | fausses | faux | incorrecte | incorrect | incorrectes | exclue | exclues | éliminée | éliminées |
    mauvaise | on élimine | on exclut
  `,
  except: 'sauf | excepté | hormis',
  concede: 'bien que | quoique | même si',
  only: 'seul | seule | seulement | uniquement',
  kind: 'lettre | option | proposition | affirmation | la | le',
  opine: 'je pense que | je crois que | je dirais | je choisis | je prends',
  or: 'ou',
  range: 'à',
};
