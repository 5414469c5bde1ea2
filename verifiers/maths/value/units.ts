import { multiply, ONE, type Rational, raise, rational } from './rational.ts';
import { limits } from './word-roles.ts';

/** What a unit measures, as powers of base dimensions, and its size in their base units. */
export interface Unit {
  readonly factor: Rational;
  /** Powers by dimension, none zero. Empty for mere nouns ("apples") and for "units". */
  readonly dimensions: ReadonlyMap<string, number>;
  /** Words that measure nothing known, in lower case. */
  readonly nouns: readonly string[];
  /** Whether its words limit, deny or change the value beside which they stand. */
  readonly limits: boolean;
}

const DIMENSIONLESS: ReadonlyMap<string, number> = new Map();
export const NO_UNIT: Unit = { factor: ONE, dimensions: DIMENSIONLESS, nouns: [], limits: false };

/** Per line: dimensions, then `names=factor`, names separated by commas, factors decimals or fractions. */
const TABLE = `
length: m,meter,metre,metro,mètre,м,метр,метра,метров,metri,metru,metrów,mét,米,メートル,متر=1 km,kilometer,kilometre,kilómetro,kilomètre,км,километр,километра,километров,千米,公里,キロメートル=1000 cm,centimeter,centimetre,centímetro,centimètre,zentimeter,см,сантиметр,сантиметра,сантиметров,厘米,センチメートル,सेमी,سم,سنتیمتر,سانتیمتر=1/100 mm,millimeter,millimetre,мм,毫米=1/1000 dm,decimeter,分米=1/10 nm,nanometer=1/1000000000 μm,microm,micrometer,micrometre,micron=1/1000000 angstrom=1/10000000000 picometer,picometre=1/1000000000000
length: in,inch,inche=0.0254 ft,foot,feet=0.3048 yd,yard=0.9144 mi,mile=1609.344
length 2: acre=4046.8564224 hectare,ha=10000
length 3: L,l,liter,litre,litro,л,литр,литра,литров,升=1/1000 mL,ml,cc,milliliter,millilitre,毫升=1/1000000 μL,microL,microliter,microlitre=1/1000000000 cL,cl,centiliter,centilitre=1/100000 dL,dl,deciliter,decilitre=1/10000 gal,gallon=0.003785411784 quart,qt=0.000946352946 pint,pt=0.000473176473 cup=0.0002365882365
time: s,sec,second,segundo,seconde,sekunde,sekunden,секунд,секунды,secondi,seconden,saniye,giây,detik,秒=1 ms,millisecond=1/1000 μs,micros,microsecond=1/1000000 ns,nanosecond=1/1000000000 picosecond=1/1000000000000 fortnight=1209600 min,minute,minuto,minuten,мин,минут,минуты,minuti,minuut,minuta,dakika,phút,menit,分钟=60 h,hr,hour,hora,heure,stunde,stunden,час,часа,часов,ora,ore,uur,godzin,godziny,saat,giờ,小时=3600 day,d,día,jour,tag,tage,день,дня,дней,giorno,giorni,dia,dag,dagen,dni,gün,ngày,hari,天=86400 week,woche,wochen,semana,semaine,settimana,settimane,неделя,недели,недель,周=604800
calendar: month,mo,monat,monate,mes,meses,mois,mese,mesi,месяц,месяца,месяцев,月=1 year,yr,jahr,jahre,ans,année,año,anno,anni,ano,jaar,yıl,năm,tahun,год,года,лет,年=12 decade=120 century,centurie=1200
mass: kg,kilogram,kilogramm,kilogramo,kilogramme,kilo,кг,килограмм,килограмма,килограммов,千克,公斤=1 g,gram,gramm,gramo,gramme,г,грамм,граммов,克=1/1000 mg,milligram=1/1000000 μg,microg,mcg,microgram=1/1000000000 ton,tonne,t,吨=1000 lb,pound=0.45359237 oz,ounce=0.028349523125
dollars: dollar,usd,buck=1 quarter=1/4 dime=1/10 nickel=1/20 cent,penny,pennie,¢=1/100
euros: euro,eur=1
rupees: rupee,rs,inr=1
yuan: yuan,rmb,cny,元=1
sterling: gbp,sterling,quid=1 pence=1/100
rubles: rub,ruble,rouble,рубль,рубля,рублей=1 kopeck,копейка,копейки,копеек=1/100
lira: lira,lire=1
zloty: zloty,złoty,złotych,złote=1
pesos: peso=1
rupiah: rupiah=1
dong: đồng=1
francs: chf,franc=1
yen: yen,jpy=1
yen-or-yuan: yenyuan=1
angle: degree,deg,°,度,grad,grado,degré,градус,градуса,градусов=1 radian,rad=180/3.14159265358979323846 revolution,rev=360
celsius: celsius,centigrade,℃=1
fahrenheit: fahrenheit=1
kelvin: kelvin,K=1
length 1 time -1: mph=0.44704 kph,kmh,kmph=5/18
time -1: Hz,hertz=1 kHz=1000 MHz=1000000 GHz=1000000000 THz=1000000000000 rpm=1/60
mass 1 length 1 time -2: N,newton=1 kN,kilonewton=1000 millinewton=1/1000 microN,micronewton=1/1000000 meganewton=1000000
mass 1 length 2 time -2: J,joule=1 kJ,kilojoule=1000 MJ,megajoule=1000000 cal,calorie=4.184 kcal,kilocalorie=4184 eV,electronvolt=1.602176634/10000000000000000000 keV=1.602176634/10000000000000000 MeV=1.602176634/10000000000000 GeV=1.602176634/10000000000 gigajoule=1000000000 millijoule=1/1000 microJ,microjoule=1/1000000 Wh=3600 Wh=3600 kWh=3600000 MWh=3600000000
mass 1 length 2 time -3: W,watt=1 kW,kilowatt=1000 MW,megawatt=1000000 gigawatt=1000000000 terawatt=1000000000000 milliwatt=1/1000 microW,microwatt=1/1000000 horsepower=745.69987158227022
mass 1 length -1 time -2: Pa,pascal=1 kPa=1000 MPa,megapascal=1000000 GPa,gigapascal=1000000000 hPa,hectopascal=100 bar=100000 mbar,millibar=100 torr=101325/760 mmHg=133.322387415 atm=101325
current: A,amp,ampere=1 mA,milliamp,milliampere=1/1000 microA,microamp,microampere=1/1000000 kA,kiloampere=1000
mass 1 length 2 time -3 current -1: V,volt=1 kV,kilovolt=1000 mV,millivolt=1/1000 microV,microvolt=1/1000000 megavolt=1000000
mass 1 length 2 time -3 current -2: ohm,Ω=1 kohm,kΩ,kilohm,kiloohm=1000 Mohm,MΩ,megohm,megaohm=1000000 mohm,mΩ,milliohm=1/1000 Gohm,GΩ,gigaohm=1000000000
current 1 time 1: C,coulomb=1 millicoulomb=1/1000 microC,microcoulomb=1/1000000 nanocoulomb=1/1000000000
mass -1 length -2 time 4 current 2: farad=1 millifarad=1/1000 microF,microfarad=1/1000000 nanofarad=1/1000000000 picofarad=1/1000000000000
mass 1 length 2 time -2 current -2: henry,henries=1 millihenry=1/1000 microH,microhenry=1/1000000
mass 1 time -2 current -1: tesla=1 millitesla=1/1000 microT,microtesla=1/1000000 gauss=1/10000
mass 1 length 2 time -2 current -1: weber=1
amount: mol,mole=1 mmol,millimole=1/1000 micromol,micromole=1/1000000 kmol,kilomole=1000
data: byte=8 bit=1 kb,kilobyte=8000 megabyte=8000000 gigabyte=8000000000 terabyte=8000000000000 kilobit=1000 megabit=1000000 gigabit=1000000000
`;

/** Words that say "of these" without measuring: they fit any count. */
const FILLERS: ReadonlySet<string> = new Set(
  'unit units way ways of and is are the a an total in different each all about approximately exactly only possible number value integer solution people person item thing time'.split(
    ' ',
  ),
);

const POWERS: Readonly<Record<string, number>> = {
  square: 2,
  squared: 2,
  sq: 2,
  平方: 2,
  cubic: 3,
  cubed: 3,
  cu: 3,
  立方: 3,
  वर्ग: 2,
  घन: 3,
};

/** Units by name, built once from the table and never changed. */
const UNITS: ReadonlyMap<string, Unit> = parseTable();

/** Reads the name of a unit, or several: `square cm`, `miles per hour`, `cm^2`, `apples`. */
export function readUnit(phrase: string): Unit {
  let unit = NO_UNIT;
  let sign = 1;
  let pending = 1;
  let unread = false;
  let last: { unit: Unit; sign: number } | null = null;
  for (const word of phrase
    .replace(/(平方|立方|वर्ग|घन)(?=[^\s])/gu, '$1 ')
    .replace(/(?<![a-zA-Z])ms(?=\s?\^\s?-)/g, 'm s')
    .replace(/\bdegrees? (?=celsius|fahrenheit|centigrade)/gi, '')
    .match(/[^\s/·*^.,()-]+|\/|\^\s*-?\d/g) ?? []) {
    if (word === '/' || word === 'per' || (/^an?$/.test(word) && last !== null)) sign = -1;
    else if (/^\^/.test(word))
      unit = last === null ? unit : combine(unit, last.unit, last.sign * (Number(word.slice(1)) - 1));
    else if (/ed$/.test(word) && POWERS[word] !== undefined && last === null) unread = true;
    else if (POWERS[word] === 2 && /ed$/.test(word)) unit = last === null ? unit : combine(unit, last.unit, last.sign);
    else if (word === 'cubed') unit = last === null ? unit : combine(unit, last.unit, 2 * last.sign);
    else if (POWERS[word] !== undefined) pending = POWERS[word];
    else {
      const one = unitOrNoun(word, pending);
      last = { unit: one, sign };
      unit = combine(unit, one, sign);
      pending = 1;
    }
  }
  // "6 and a bit" is more than six.
  return {
    ...unit,
    limits: unread || phrase.startsWith('and ') || (unit.nouns.length > 0 && limits(phrase, isUnitWord)),
  };
}

export function combine(a: Unit, b: Unit, power: number): Unit {
  const dimensions = new Map(a.dimensions);
  for (const [name, exponent] of b.dimensions) {
    const sum = (dimensions.get(name) ?? 0) + exponent * power;
    if (sum === 0) dimensions.delete(name);
    else dimensions.set(name, sum);
  }
  return {
    factor: multiply(a.factor, raise(b.factor, BigInt(power))),
    dimensions,
    nouns: [...a.nouns, ...b.nouns],
    limits: a.limits || b.limits,
  };
}

export const isUnitName = (name: string): boolean => UNITS.has(name);

const isUnitWord = (word: string): boolean => UNITS.has(word) || UNITS.has(singular(word));

function unitOrNoun(word: string, power: number): Unit {
  const known =
    UNITS.get(word) ??
    UNITS.get(singular(word)) ??
    UNITS.get(word.toLowerCase()) ??
    UNITS.get(singular(word.toLowerCase())) ??
    compact(word);
  if (known !== undefined) return combine(NO_UNIT, known, power);
  const lower = word.toLowerCase();
  return { ...NO_UNIT, nouns: FILLERS.has(lower) || FILLERS.has(singular(lower)) ? [] : [singular(lower)] };
}

/** `cm2` and `m3` as some write them. */
function compact(word: string): Unit | undefined {
  const match = /^([a-zA-Z]{1,3})([23])$/.exec(word);
  const base = match === null ? undefined : UNITS.get(match[1]!);
  return base && combine(NO_UNIT, base, Number(match![2]));
}

function singular(word: string): string {
  return word.length > 2 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function parseTable(): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  for (const line of TABLE.trim().split('\n')) {
    const [head, body] = line.split(': ') as [string, string];
    const dimensions = parseDimensions(head);
    for (const entry of body.split(' ')) {
      const [names, factor] = entry.split('=') as [string, string];
      for (const name of names.split(',')) units.set(name, { ...NO_UNIT, factor: parseFactor(factor), dimensions });
    }
  }
  return units;
}

function parseDimensions(head: string): ReadonlyMap<string, number> {
  const words = head.split(' ');
  if (words.length % 2 === 1) return new Map([[head, 1]]);
  return new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, Number(words[index + 1])] as const] : [])));
}

function parseFactor(text: string): Rational {
  const [numerator, denominator = '1'] = text.split('/') as [string, string?];
  const [n, nPlaces] = scaled(numerator);
  const [d, dPlaces] = scaled(denominator);
  return rational(n * 10n ** dPlaces, d * 10n ** nPlaces);
}

function scaled(text: string): [bigint, bigint] {
  return [BigInt(text.replace('.', '')), BigInt(text.split('.')[1]?.length ?? 0)];
}
