/** Shorter texts are no secrets but placeholders (`x`, `EMPTY`), and stand in every other word. */
const SHORTEST = 8;
/** So many letters of a secret in a row are too many: an excerpt cuts where it likes. */
const TELLING = 12;
/** Longer ones (keys of accounts as JSON) are known in their usual codes alone. */
const LONG = 1024;

/** Letters of a gram, and how many lie between two that are looked up: each telling part holds one at such a place. */
const GRAM = 5;
const STRIDE = SHORTEST - GRAM + 1;
const BUCKETS = 2 ** 16;
const REPEATS = 8;

/** Where to look for what: the grams of each form of each secret, by their hash (after R. Karp and M. Rabin). */
export interface FormsIndex {
  readonly known: Uint8Array;
  readonly places: ReadonlyMap<number, readonly Place[]>;
}

interface Place extends Form {
  readonly offset: number;
}

/** A way to write a secret, and how many of its letters in a row are not to be shown. */
interface Form {
  readonly form: string;
  readonly least: number;
}

/** All forms of all secrets; null where there is none. `written` says how a form stands in what is searched. */
export const formsIndex = (
  secrets: readonly (string | undefined)[],
  written: (form: string) => string = (form) => form,
): FormsIndex | null => {
  const forms = new Map<string, number>();
  for (const secret of secrets) {
    for (const { form, least } of formsOf(secret?.trim() ?? '')) forms.set(written(form), least);
  }
  if (forms.size === 0) return null;
  const known = new Uint8Array(BUCKETS);
  const places = new Map<number, Place[]>();
  for (const [form, least] of forms) {
    for (let offset = 0; offset + GRAM <= form.length; offset++) {
      const gram = gramAt(form, offset);
      known[gram] = 1;
      const there = places.get(gram) ?? [];
      // Of a form that repeats itself a few places find as much.
      if (there.filter((one) => one.form === form).length < REPEATS) there.push({ form, least, offset });
      places.set(gram, there);
    }
  }
  return { known, places };
};

/** Where telling parts stand in the text, apart from each other and in order. Linear, however many forms there are. */
export const findForms = (text: string, { known, places }: FormsIndex): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  // What is found of a form is looked at once, not again at each gram in it.
  const seen = new Map<string, { readonly diagonal: number; readonly end: number }>();
  for (let at = 0; at + GRAM <= text.length; at += STRIDE) {
    const gram = gramAt(text, at);
    if (known[gram] === 0) continue;
    for (const place of places.get(gram) ?? []) {
      const diagonal = at - place.offset;
      const before = seen.get(place.form);
      if (before?.diagonal === diagonal && at < before.end) continue;
      const range = shared(text, at, place);
      if (!range) continue;
      found.push(range);
      seen.set(place.form, { diagonal, end: range[1] });
    }
  }
  return found.length === 0 ? found : joined(found);
};

/** How far text and form agree around a gram; null where that is too little to tell. */
const shared = (text: string, at: number, { form, offset, least }: Place): [number, number] | null => {
  let before = 0;
  let after = 0;
  while (before < offset && text.charCodeAt(at - before - 1) === form.charCodeAt(offset - before - 1)) before++;
  while (offset + after < form.length && text.charCodeAt(at + after) === form.charCodeAt(offset + after)) after++;
  return after >= GRAM && before + after >= least ? [at - before, at + after] : null;
};

const gramAt = (text: string, at: number): number => {
  let hash = 0;
  for (let letter = at; letter < at + GRAM; letter++) hash = (hash * 31 + text.charCodeAt(letter)) | 0;
  return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
};

const joined = (ranges: [number, number][]): [number, number][] => {
  const apart: [number, number][] = [];
  for (const [start, end] of ranges.sort((one, other) => one[0] - other[0])) {
    const last = apart.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
};

/** A secret behind the word for its kind (`Bearer …`) is one without it, too. */
const formsOf = (written: string): Form[] => {
  const bare = written.replace(/^(?:bearer|basic|token) /i, '').trim();
  return [...new Set([written, bare])].flatMap((secret) => {
    if (secret.length < SHORTEST) return [];
    const forms = secret.length > LONG ? [secret, ...base64Of(Buffer.from(secret))] : wholeForms(secret);
    return forms.map((form) => ({ form, least: leastOf(form, secret) }));
  });
};

/** As many as tell so much of the secret, and never more than its half. */
const leastOf = (form: string, secret: string): number =>
  Math.max(SHORTEST, Math.min(Math.ceil((TELLING * form.length) / secret.length), Math.floor(form.length / 2)));

const wholeForms = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const points = Array.from(secret, (letter) => letter.codePointAt(0) ?? 0);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inHtml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const inUrl = encodeURIComponent(secret.toWellFormed());
  const lower = [
    hex,
    ...[':', ' ', '-', '\\x', '\\\\x'].map((between) => pairs.join(between)),
    pairs.map((pair) => `%${pair}`).join(''),
    // A text with escapes of its own, as it is and as a part of a JSON text.
    ...['\\u', '\\\\u'].map((before) =>
      points.map((point) => `${before}${point.toString(16).padStart(4, '0')}`).join(''),
    ),
    points.map((point) => `&#x${point.toString(16)};`).join(''),
  ];
  return [
    ...[
      secret,
      inJson,
      JSON.stringify(inJson).slice(1, -1),
      inHtml,
      inUrl,
      encodeURIComponent(inUrl),
      encodeURI(inUrl),
    ],
    ...['&quot;', '&#34;'].map((quote) => inHtml.replaceAll('"', quote).replaceAll("'", '&#39;')),
    secret.replaceAll(' ', '+'),
    points.map((point) => `&#${point};`).join(''),
    ...base64Of(bytes),
    ...lower,
    ...lower.map((form) => form.replace(/[a-f]/g, (digit) => digit.toUpperCase())),
  ];
};

/** The letters that are the same whatever stands before and after, for each of the three alignments. */
const base64Of = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const ends = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    const steady = text.slice(before === 0 ? 0 : before + 1, ends);
    return [steady, steady.replaceAll('+', '-').replaceAll('/', '_')];
  });
