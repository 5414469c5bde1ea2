/** Names of functions that are read as such without a backslash too. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc asin acos atan acot sinh cosh tanh coth sech csch arcsinh arccosh arctanh asinh acosh atanh ' +
    'tg ctg arctg ln log lg exp sqrt cbrt abs floor ceil max min gcd lcm det sgn binom cis'
  ).split(' '),
);

/** Operators of which only the name is known. */
export const OPERATORS: ReadonlySet<string> = new Set('dim deg ker arg Re Im hom Pr Var Cov tr rank'.split(' '));

export const GREEK: ReadonlySet<string> = new Set(
  (
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho varrho sigma tau upsilon phi varphi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega ell hbar nabla partial aleph'
  ).split(' '),
);

/**
 * Commands that only change how what follows looks, or take space, with the number of arguments in braces that are no
 * content: `\fcolorbox{red}{white}{5}` has two before its content.
 */
export const LAYOUT: ReadonlyMap<string, number> = new Map(
  [
    'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits rm bf it sf tt cal boldsymbol bm mathbf mathit mathsf mathtt mathnormal mathscr mathfrak mathcal underline strut bold pmb ensuremath large Large LARGE huge Huge small footnotesize normalsize tiny mathstrut substack relax nonumber notag mathord mathopen mathclose mathbin mathrel mathpunct mathinner overbrace underbrace smash centering null nobreak allowbreak ' +
      'quad qquad enspace thinspace medspace thickspace negthinspace negmedspace nobreakspace hfill hfil',
    'color textcolor colorbox style class cssId raisebox scalebox hspace vspace space hskip',
    'fcolorbox',
  ].flatMap((names, count) => names.split(' ').map((name) => [name, count] as const)),
);

/** Commands whose braces hold words. */
export const TEXTS: ReadonlySet<string> = new Set(
  'text textbf textit textrm textsf texttt textnormal textup mbox hbox mathrm operatorname emph textsc mathop'.split(
    ' ',
  ),
);

/** Other spellings of commands, by the name that is used from here on. */
export const ALIASES: Readonly<Record<string, string>> = {
  dfrac: 'frac',
  tfrac: 'frac',
  cfrac: 'frac',
  nicefrac: 'frac',
  sfrac: 'frac',
  flatfrac: 'frac',
  xfrac: 'frac',
  dbinom: 'binom',
  overrightarrow: 'vec',
  bigvee: 'vee',
  bigwedge: 'wedge',
  widehat: 'hat',
  widetilde: 'tilde',
  tbinom: 'binom',
  choose: 'choose',
  leq: 'le',
  leqslant: 'le',
  leqq: 'le',
  geq: 'ge',
  geqslant: 'ge',
  geqq: 'ge',
  neq: 'ne',
  lt: '<',
  gt: '>',
  ast: '*',
  star: '*',
  cdotp: 'cdot',
  bullet: 'cdot',
  div: '/',
  colon: ':',
  lvert: '|',
  rvert: '|',
  vert: '|',
  mid: 'mid',
  lVert: '|',
  rVert: '|',
  Vert: '|',
  lbrace: '\\{',
  rbrace: '\\}',
  cr: '\\\\',
  lbrack: '[',
  rbrack: ']',
  lparen: '(',
  rparen: ')',
  varphi: 'phi',
  varepsilon: 'epsilon',
  vartheta: 'theta',
  varrho: 'rho',
  varsigma: 'sigma',
  dots: 'ldots',
  cdots: 'ldots',
  dotsc: 'ldots',
  dotsb: 'ldots',
  dotsm: 'ldots',
  vdots: 'ldots',
  ddots: 'ldots',
  varnothing: 'emptyset',
  rightarrow: 'to',
  longrightarrow: 'to',
  mapsto: 'to',
  Rightarrow: 'implies',
  Leftrightarrow: 'iff',
  leftrightarrow: 'iff',
  Longleftrightarrow: 'iff',
  Longrightarrow: 'implies',
  land: 'wedge',
  degree: 'degree',
  degrees: 'degree',
  infin: 'infty',
  backslash: 'setminus',
  smallsetminus: 'setminus',
  approxeq: 'approx',
  simeq: 'approx',
  doteq: '=',
  coloneqq: '=',
  bar: 'overline',
  widebar: 'overline',
  bigcup: 'cup',
  bigcap: 'cap',
  imath: 'i',
  jmath: 'j',
  lor: 'vee',
  lnot: 'neg',
  prime: "'",
  percnt: '%',
  surd: 'sqrt',
  tg: 'tan',
  ctg: 'cot',
  arctg: 'arctan',
  inf: 'infty',
};

/** Small words that answers consist of, too short to be told from a product of letters by their form. */
export const SHORT_WORDS: ReadonlySet<string> = new Set(
  (
    'the all odd yes one two six ten day days and per not none for red blue sum hat cat dog mph kph kmh rpm ppm psi lbs min sec hrs hour ore uur dag dni ans mol ohm bits ways deg rad cups feet foot inch acre sq cu cents cent dollar ' +
    'pts gal ton tons oz lb kg mg km cm mm dm ml mL cL dL mi hr ft yd min kW kWh MWh kN Hz kHz MHz GHz kPa MPa kJ eV mV mA am pm set even true man men yen usd'
  ).split(' '),
);

/** Constructors and functions of SymPy, NumPy and Python's `math`, read where a bracket follows. */
export const PYTHON_CALLS: ReadonlySet<string> = new Set(
  (
    'Rational Integer Float Fraction Matrix ImmutableMatrix array Abs Pow Add Mul log Log root real_root factorial binomial comb ceiling Interval Interval.open Interval.Lopen Interval.Ropen ' +
    'Piecewise zeros ones diag matrix S sympify float complex log10 log2 Mod perm pow sign conjugate eye Poly Sum Product Not Implies EmptySet FiniteSet Union Intersection Complement Eq Ne Lt Le Gt Ge And Or Tuple Sqrt Max Min'
  ).split(' '),
);
