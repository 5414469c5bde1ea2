import type { Comparison, Node } from '../../tree.ts';
import { isCommand, isMark, nested, peek, type Reader } from './reader.ts';

const MARKS: Readonly<Record<string, Comparison>> = { '=': '=', '<': '<', '>': '>' };
const COMMANDS: Readonly<Record<string, Comparison>> = {
  le: '≤',
  ge: '≥',
  ne: '≠',
  in: '∈',
  approx: '≈',
  equiv: '≡',
  sim: '∼',
  cong: '≅',
  to: '→',
  mid: '∣',
  subset: '⊂',
  subseteq: '⊂',
  ll: '<',
  gg: '>',
  propto: '∝',
  parallel: '∥',
  perp: '⊥',
};
const SETS: Readonly<Record<string, '∪' | '∩' | '∖'>> = { cup: '∪', union: '∪', cap: '∩', setminus: '∖', wedge: '∩' };

/** One item of an answer: sides joined by relations. What stands before an implication is how it was found. */
export function readItem(reader: Reader): Node {
  return nested(reader, () => {
    while (isCommand(reader, 'implies', 'therefore')) reader.at += 1;
    let item = chain(reader);
    while (isCommand(reader, 'implies', 'therefore')) {
      reader.at += 1;
      item = chain(reader);
    }
    return item;
  });
}

function chain(reader: Reader): Node {
  const operators: Comparison[] = [];
  const sides: Node[] = [takesRelation(reader) ? { kind: 'ellipsis' } : side(reader)];
  while (takesRelation(reader)) {
    operators.push(takeRelation(reader));
    sides.push(endsItem(reader) ? { kind: 'ellipsis' } : side(reader));
  }
  return operators.length === 0 ? sides[0]! : { kind: 'relation', operators, sides };
}

/** A relation may break off (`\sqrt{2} \approx`). */
const endsItem = (reader: Reader): boolean => peek(reader) === undefined || isMark(reader, '&');

function takesRelation(reader: Reader): boolean {
  if (isMark(reader, '&') && relationAt(reader, 1) !== null) reader.at += 1;
  return relationAt(reader, isCommand(reader, 'not') ? 1 : 0) !== null;
}

function relationAt(reader: Reader, ahead: number): Comparison | null {
  const token = peek(reader, ahead);
  if (token?.kind === 'mark') return MARKS[token.text] ?? null;
  if (token?.kind !== 'command') return null;
  return token.text === 'notin' ? '∉' : (COMMANDS[token.text] ?? null);
}

function takeRelation(reader: Reader): Comparison {
  const negated = isCommand(reader, 'not');
  if (negated) reader.at += 1;
  const relation = relationAt(reader, 0)!;
  reader.at += 1;
  if (isMark(reader, '&')) reader.at += 1;
  if (!negated) return relation;
  return relation === '=' ? '≠' : relation === '∈' ? '∉' : relation;
}

/** Sums joined by `\cup`, `\cap`, `\setminus`, or by `:` as a ratio. */
function side(reader: Reader): Node {
  let left = reader.grammar.sum(reader);
  for (let operator = setOperator(reader); operator !== null; operator = setOperator(reader)) {
    reader.at += 1;
    const right = reader.grammar.sum(reader);
    left =
      left.kind === 'combination' && left.operator === operator
        ? { ...left, operands: [...left.operands, right] }
        : { kind: 'combination', operator, operands: [left, right] };
  }
  return isMark(reader, ':') ? ratio(reader, left) : left;
}

function setOperator(reader: Reader): '∪' | '∩' | '∖' | null {
  const token = peek(reader);
  return token?.kind === 'command' ? (SETS[token.text] ?? null) : null;
}

function ratio(reader: Reader, first: Node): Node {
  const parts = [first];
  while (isMark(reader, ':')) {
    reader.at += 1;
    parts.push(reader.grammar.sum(reader));
  }
  return { kind: 'ratio', parts };
}
