import type { Vocabulary } from '../roles.ts';

export const SPANISH: Vocabulary = {
  answer: `
    respuesta | la respuesta | respuesta final | respuesta correcta | mi respuesta | opción correcta |
    la respuesta correcta | respuesta definitiva | alternativa correcta
  `,
  label: 'resultado | solución | opción | resultado final',
  others: 'incorrecta | equivocada | esperada | otra | su | errónea | falsa',
  link: `
    es | son | sería | será | hay | da | tenemos | obtenemos | vale | valen | igual a | es igual a | resulta |
    debe ser | equivale a | queda | quedan | obtiene | obtengo | fue | tiene | mide
  `,
  restate: 'es decir | o sea | esto es',
  pick: 'elijo | elegimos | escojo | selecciono | me quedo con',
  deny: `
    ninguna de | ninguno de | no hay | no | nunca | tampoco | ni | descartamos | descarto | en lugar de |
    en vez de | excepto | salvo | rechazamos | jamás
  `,
  but: 'sino | sino que',
  wrong: `
    es una cota | es solo una cota | es sólo una cota | es solamente una cota | es incorrecta | es incorrecto |
    es falsa | es falso | no es correcta | no es correcto | no es válida | no es válido | se descarta | es errónea |
    es erróneo | no sirve | está mal
  `,
  right: 'es correcta | es correcto | es la correcta | es la respuesta correcta | es verdadera',
  suppose: 'si | supongamos | suponga | suponiendo | imaginemos | en caso de que',
  report: `
    mi amigo | mi amiga | un amigo | cree que | piensa que | dicen | dice | dijo | podría decir | podrían decir |
    parece | a primera vista | por ejemplo | alguien | algunos | al principio | pretende | afirma |
    podría pensarse | error común
  `,
  elsewhere: 'pregunta anterior | otra pregunta | pregunta siguiente | ejercicio anterior',
  likens: 'como | igual que',
  wait: 'no | espera | espere | en realidad | perdón | mejor dicho | un momento | de hecho | disculpe | disculpa',
  retract: `
    me equivoqué | eso es incorrecto | eso no es correcto | está mal | corrección | olvidé un caso |
    cometí un error | eso está mal | me he equivocado
  `,
  aside: 'nota | comprobación | verificación | explicación | observación | espero',
  because: 'porque | ya que | puesto que',
  partitive: 'de los cuales | de las cuales',
  unreal: 'sería | serían | daría | darían | tendría | tendríamos | obtendríamos | habría | valdría',
  subordinate: `
    de los cuales | de las cuales | cuando | donde | porque | ya que | puesto que | pues | para | en | con | por |
    de | al | desde | tras | que | entre | según
  `,
  condition: 'si | a menos que | salvo que | de lo contrario',
  conclude: 'por lo tanto | por tanto | así | entonces | luego | en conclusión | así que | finalmente',
  bounds: 'entre | estrictamente entre',
  modify: `
    no hay | más de | menos de | mayor que | menor que | más que | menos que | casi | por lo menos | más | menos |
    veces | mitad | doble | triple | por ciento | mil | millón | millones | docenas | docena | al menos |
    como mínimo | mínimo | como mucho | a lo sumo | superior a | inferior a | aproximadamente | como máximo |
    mayor | menor | cuadrado
  `,
  join: 'y | o | e | u',
  hedge: 'quizás | quizá | tal vez | posiblemente',
  pronoun: 'esto | eso | ello',
  decline: 'no sé | no lo sé | no se puede determinar | no estoy seguro | no estoy segura',
  good: 'correcta | correcto | verdadera | verdadero | cierta | válida | adecuada | queda',
  bad: `
    incorrecta | incorrecto | falsa | falso | falsas | incorrectas | errónea | descartamos | descartada |
    descartadas | descarta
  `,
  except: 'excepto | salvo | menos | todas menos | todas excepto',
  concede: 'aunque | si bien',
  only: 'solo | sólo | solamente | únicamente',
  kind: 'letra | opción | alternativa | afirmación | la | el',
  opine: 'creo que | creo que es | diría',
  or: 'o | u',
  range: 'a',
};
