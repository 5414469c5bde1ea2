/** A stretch of delimited maths: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{align}…\end{align}`. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

const LONGEST = 4000;

/**
 * All delimited maths of a text, in order; neighbours joined by a comma, "and" or "or" are one. Linear: a kind of
 * delimiter that has no partner further on is looked for only once. A dollar sign before an amount of money
 * opens nothing.
 */
export function mathsSegments(text: string): Segment[] {
  return joinNeighbours(text, findSegments(text));
}

function findSegments(text: string): Segment[] {
  const found: Segment[] = [];
  const missing = new Set<string>();
  let at = nextDelimiter(text, 0);
  while (at < text.length) {
    const segment = openAt(text, at, missing);
    if (segment === null) at = nextDelimiter(text, at + (text[at] === '\\' || text[at + 1] === '$' ? 2 : 1));
    else {
      if (segment.content.trim() !== '') found.push(segment);
      at = nextDelimiter(text, segment.end);
    }
  }
  return found;
}

function nextDelimiter(text: string, from: number): number {
  DELIMITER.lastIndex = from;
  return DELIMITER.test(text) ? DELIMITER.lastIndex - 1 : text.length;
}

const DELIMITER = /[$\\]/g;

function openAt(text: string, at: number, missing: Set<string>): Segment | null {
  if (text[at] === '$') return text[at + 1] === '$' ? closedBy(text, at, '$$', missing) : dollarSegment(text, at);
  if (text[at + 1] === '[') return closedBy(text, at, '\\]', missing);
  if (text[at + 1] === 'b') return environmentAt(text, at, missing);
  return text[at + 1] === '(' ? closedBy(text, at, '\\)', missing) : null;
}

/** What is displayed without a delimiter: `\begin{align*}`. */
const ENVIRONMENT =
  /^\\begin\{((?:align(?:ed|at)?|gather(?:ed)?|equation|displaymath|math|split|multline|eqnarray|d?cases|[pbvBV]?matrix|array)\*?)\}/;

function environmentAt(text: string, start: number, missing: Set<string>): Segment | null {
  const name = ENVIRONMENT.exec(text.slice(start, start + 24))?.[1];
  if (name === undefined) return null;
  const inside = closedBy(text, start, `\\end{${name}}`, missing);
  return inside === null ? null : { ...inside, content: text.slice(start, inside.end) };
}

function closedBy(text: string, start: number, closing: string, missing: Set<string>): Segment | null {
  if (missing.has(closing)) return null;
  const close = text.indexOf(closing, start + 2);
  if (close < 0) missing.add(closing);
  if (close < 0 || close - start > LONGEST) return null;
  return { start, end: close + closing.length, content: text.slice(start + 2, close) };
}

function dollarSegment(text: string, start: number): Segment | null {
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start + 1; at < limit && text[at] !== '\n'; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '$') {
      const content = text.slice(start + 1, at);
      return isMoney(content) || (SUMMAND.test(content) && /\d/.test(text[at + 1] ?? ''))
        ? null
        : { start, end: at + 1, content };
    }
  }
  return null;
}

/** A whole number, not the head of `3.2x`. */
const AMOUNT = /^\s?(?=(\d{1,30}(?:[,.]\d{1,30}){0,9}))\1[\s,.;)]/;

/** `$5 + $3`: the second dollar sign is another amount's. */
const SUMMAND = /^\s?\d[\d,.]{0,20}\s{0,2}[-+–−*×x/]\s{0,2}$/;

/** `$5 a day, or $10` holds prose between its dollar signs, not maths. */
function isMoney(content: string): boolean {
  if (content.includes('\\')) return false;
  return (
    AMOUNT.test(content) &&
    (/[=+*/×÷-]\s{1,3}$/.test(content) ||
      /[a-z]{3}\s{1,5}[a-z]{2}/i.test(content) ||
      /(?:[a-z]{2}|(?<![-=+*/×÷(]\s{0,3})[a-z])\s*$/i.test(content) ||
      /[a-z]{2}[^a-z]{0,40}\s$/i.test(content))
  );
}

function joinNeighbours(text: string, segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const previous = joined.at(-1);
    if (previous !== undefined && isNeighbour(text, previous, segment))
      joined[joined.length - 1] = merge(previous, segment);
    else joined.push(segment);
  }
  return joined;
}

function isNeighbour(text: string, { end }: Segment, { start }: Segment): boolean {
  if (start - end >= 12) return false;
  const gap = text.slice(end, start).trim();
  return gap !== '' && /^[,;]?\s{0,3}(?:and|or|和|或|、)?$/.test(gap);
}

function merge(first: Segment, second: Segment): Segment {
  return { start: first.start, end: second.end, content: `${first.content} , ${second.content}` };
}
