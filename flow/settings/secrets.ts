/** Where a model's settings may hold texts for its server, keys among them. */
const passedOn = ['headers', 'extraBody'];

/** Names that are given to secrets and to nothing else. */
const named = ['apiKey', 'password', 'clientSecret'];
const nameOfSecret = /(?:^|[-_. ])(?:key|apikey|token|secret|password|auth|authorization|credentials?|cookie)$/;
/** How the makers of keys begin them, a JSON web token, and what nobody would write but for a key. */
const shapesOfSecret = [
  /^(?:bearer|basic|token) \S{8,}$/i,
  /^(?:sk|pk|rk|hf|gsk|xai|ghp|gho|nvapi|key|pat)[-_][\w-]{12,}$/i,
  /^eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$/,
  /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[A-Za-z0-9+/_=]{32,}$/,
  /^[0-9a-f]{32,}$/i,
];

/** Whether a key of the settings holds nothing but secrets. */
export const isSecretKey = (path: readonly PropertyKey[]): boolean => named.includes(String(path.at(-1)));

/** Whether it is passed on to a server, so that a secret may be among it. */
export const isPassedOn = (path: readonly PropertyKey[]): boolean =>
  path.slice(0, -1).some((key) => passedOn.includes(String(key)));

/** Whether a text that is passed on to a server is a secret, by its name or by its look. */
export const looksSecret = (path: readonly PropertyKey[], value: string): boolean =>
  isPassedOn(path) && isSecretUnder(String(path.at(-1)), value);

const isSecretUnder = (name: string, value: string): boolean =>
  value.length >= SHORTEST &&
  value.length <= LONGEST &&
  (nameOfSecret.test(snake(name)) || shapesOfSecret.some((shape) => shape.test(value)));

/** What stands in the query of a URL under the name of a secret (`?api_key=…`), or looks like one. */
export const secretsInUrl = (text: string): string[] =>
  [...(urlOf(text)?.searchParams ?? [])]
    .filter(([name, value]) => isSecretUnder(name, value))
    .map(([, value]) => value);

/** Whether it is a URL with a name or password in it: it would be shown and stored with them. */
export const isUrlWithLogin = (text: string): boolean => {
  const { username = '', password = '' } = urlOf(text) ?? {};
  return username !== '' || password !== '';
};

const urlOf = (text: string): URL | null => (/^https?:/i.test(text) ? URL.parse(text) : null);

/** Local servers want any key at all (`x`, `EMPTY`): nobody's secret is as short, nor as long as a text. */
const SHORTEST = 8;
const LONGEST = 8192;

/** `apiKey` and `X-Api-Key` are one name. */
const snake = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

/** The secrets that stand in settings as a program gives them. */
export const secretsAmong = (value: unknown, path: readonly PropertyKey[] = []): string[] => {
  if (typeof value === 'string') return isSecretKey(path) || looksSecret(path, value) ? [value] : secretsInUrl(value);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => secretsAmong(one, [...path, key]));
};
