import type { Node } from '../../tree.ts';
import { isConstant } from '../../value/scan.ts';
import { inPlainText } from './phrases.ts';

const LONGEST = 160;
const MAY_DENY = /not |rather than|instead of|wrong|false|incorrect|rejected/i;
/** What stays of two values of which one is denied, and the one that does not. */
const FORMS: readonly (readonly [form: RegExp, stays: number, goes: number])[] = [
  [/^(\S.{0,60}?)[,;]? \(?(?:and |but )?(?:not|rather than|instead of) (\S.{0,40}?)\)?$/, 1, 2],
  [/^not (\S.{0,40}?),? but (?:rather )?(\S.{0,60})$/, 2, 1],
  [
    /^(\S.{0,40}?) is (?:wrong|incorrect|false|rejected)[,;] (?:and |but )?(\S.{0,60}?)(?: is (?:right|correct|true))?$/,
    2,
    1,
  ],
];

/** `4, not 3`, `not 3 but 4`, `3 is wrong, 4 is right`: the value that stays; null for others. */
export function readDenied(source: string, read: (content: string) => Node): Node | null {
  if (source.length > LONGEST || !MAY_DENY.test(source)) return null;
  const plain = inPlainText(source);
  for (const [form, stays, goes] of FORMS) {
    const match = form.exec(plain);
    if (match === null) continue;
    const [kept, denied] = [read(match[stays]!), read(match[goes]!)];
    return (isNumber(kept) && isNumber(denied)) || (isLetter(kept) && isLetter(denied)) ? kept : null;
  }
  return null;
}

const isNumber = (node: Node): boolean =>
  ['number', 'divide', 'negate', 'root', 'power', 'multiply', 'add', 'percent'].includes(node.kind) && isConstant(node);

/** The letter of a choice, where no unknown is meant. */
const isLetter = (node: Node): boolean => node.kind === 'symbol' && /^[A-J]$/.test(node.name);
