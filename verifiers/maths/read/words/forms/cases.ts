import type { Node } from '../../../tree.ts';

const CASE = /^(?:and |or )?(\S.{0,80}?),? (?:(?:if|when|for|where) (\S.{0,80})|(otherwise|else|elsewhere))$/;
const DEFINED = /^[a-zA-Z]\([a-zA-Z]\) ?= ?/;

/** `1 if x > 0, and 0 otherwise` as the lines of `cases` are read. */
export function readCases(plain: string, read: (content: string) => Node): Node | null {
  if (plain.length > 300 || !/ (?:if|when|for) /.test(plain)) return null;
  const name = DEFINED.exec(plain)?.[0] ?? '';
  const parts = plain
    .slice(name.length)
    .split(/[,;] (?!(?:if|when|for|where|otherwise|else) )| (?=and [^,;]{1,60} (?:if|when|for|otherwise)\b)/)
    .map((part) => CASE.exec(withoutName(part, name)));
  if (parts.length < 2 || parts.includes(null)) return null;
  const items = parts.map((part): Node => {
    const condition: Node =
      part![3] === undefined ? readCondition(part![2]!, read) : { kind: 'text', words: 'otherwise' };
    return { kind: 'tuple', open: '(', close: ')', items: [read(part![1]!), condition] };
  });
  const known = items.every(
    (item) =>
      item.kind === 'tuple' &&
      item.items[0]!.kind !== 'unreadable' &&
      (item.items[1]!.kind === 'relation' || item.items[1]!.kind === 'text'),
  );
  return known ? { kind: 'list', items } : null;
}

/** `f(x) = ` once more in front of a further case. */
const withoutName = (part: string, name: string): string => {
  const said = part.replace(/^and /, '');
  return name !== '' && said.startsWith(name) ? said.slice(name.length) : part;
};

/** `x > 0`, or `n is odd` in these words. */
function readCondition(said: string, read: (content: string) => Node): Node {
  const parity = /^([a-z]) (?:is )?(odd|even)$/.exec(said);
  if (parity !== null) return { kind: 'text', words: `${parity[1]} is ${parity[2]}` };
  return read(said);
}
