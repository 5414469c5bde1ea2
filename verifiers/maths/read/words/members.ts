import type { Node } from '../../tree.ts';
import { freeSymbols } from '../../value/scan.ts';

const LONGEST = 200;
const MEMBERS =
  /^(?:the set of )?(?:all |any |every )?(?:real )?(?:numbers?|values?|reals?)(?: of)?(?: ([a-z]))?,? (?:such that|with|for which|satisfying|where) (\S.{0,80})$/i;
const ALSO = /^(\S.{1,80}?),? (?:with|where|but) (\S.{1,60})$/;

/**
 * Numbers by what is said of them: `all real x with x \ne 0`, `x > 0 \text{ where } x \ne 1`. Null for others, and where
 * what is said holds another unknown.
 */
export function readMembers(source: string, read: (content: string) => Node): Node | null {
  if (source.length > LONGEST || !/such that|with|for which|satisfying|where|but/.test(source)) return null;
  const plain = source
    .replace(/\\(?:text|mbox|textrm|mathrm)\s?\{([^{}]*)\}/g, ' $1 ')
    .replace(/[\s$]+/g, ' ')
    .trim();
  const members = MEMBERS.exec(plain);
  if (members !== null) {
    const said = read(members[2]!);
    const name = boundIn(said);
    return name !== null && (members[1] ?? name) === name ? said : null;
  }
  const also = ALSO.exec(plain);
  const items = also === null ? [] : [read(also[1]!), read(also[2]!)];
  const [one, other] = items.map(boundIn);
  return one != null && one === other ? { kind: 'list', items, joint: 'and' } : null;
}

/** The one unknown that inequalities bound; null of anything else. */
function boundIn(node: Node): string | null {
  if (node.kind !== 'relation' || !node.operators.every((operator) => '<>≤≥≠'.includes(operator))) return null;
  const [name, ...others] = freeSymbols(node);
  return name === undefined || others.length > 0 ? null : name;
}
