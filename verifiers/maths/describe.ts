import type { Node } from './tree.ts';

const LONGEST = 400;

/** A tree as one line of plain notation, for whoever audits: `set {1, sqrt(2)}`. */
export function describe(node: Node): string {
  const text = spell(node);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function spell(node: Node): string {
  switch (node.kind) {
    case 'number':
      return node.value.d === 1n ? short(node.value.n) : `${short(node.value.n)}/${short(node.value.d)}`;
    case 'symbol':
    case 'constant':
      return node.name;
    case 'add':
      return `(${node.terms.map(spell).join(' + ').replace(/\+ -/g, '- ')})`;
    case 'multiply':
      return node.factors.map(spell).join('·');
    case 'divide':
      return `(${spell(node.numerator)})/(${spell(node.denominator)})`;
    case 'negate':
      return `-${spell(node.operand)}`;
    case 'power':
      return `${spell(node.base)}^(${spell(node.exponent)})`;
    case 'root':
      return `root(${spell(node.radicand)}, ${spell(node.index)})`;
    case 'factorial':
      return `${spell(node.operand)}!`;
    case 'percent':
      return `${spell(node.operand)}%`;
    case 'plusMinus':
      return `${node.sign === 1 ? '±' : '∓'}${spell(node.operand)}`;
    case 'unit':
      return `unit(${node.name})`;
    case 'call':
    case 'apply':
      return `${node.name}(${node.args.map(spell).join(', ')})`;
    case 'big':
      return `${node.operator}(${[node.body, node.lower, node.upper].map((part) => (part === null ? '' : spell(part))).join(', ')})`;
    case 'matrix':
      return `matrix[${node.rows.map((row) => row.map(spell).join(', ')).join('; ')}]`;
    default:
      return spellStructure(node);
  }
}

type Structure = Exclude<
  Node,
  {
    kind:
      | 'number'
      | 'symbol'
      | 'constant'
      | 'add'
      | 'multiply'
      | 'divide'
      | 'negate'
      | 'power'
      | 'root'
      | 'factorial'
      | 'percent'
      | 'plusMinus'
      | 'unit'
      | 'call'
      | 'apply'
      | 'big'
      | 'matrix';
  }
>;

function spellStructure(node: Structure): string {
  switch (node.kind) {
    case 'list':
      return `list ${node.items.map(spell).join(', ')}`;
    case 'set':
      return `set {${node.items.map(spell).join(', ')}}`;
    case 'tuple':
      return `${node.open}${node.items.map(spell).join(', ')}${node.close}`;
    case 'combination':
      return node.operands.map(spell).join(` ${node.operator} `);
    case 'relation':
      return node.sides
        .map((side, index) => (index === 0 ? spell(side) : `${node.operators[index - 1]} ${spell(side)}`))
        .join(' ');
    case 'ratio':
      return `ratio ${node.parts.map(spell).join(' : ')}`;
    case 'clock':
      return `time ${Math.floor(node.minutes / 60)}:${String(node.minutes % 60).padStart(2, '0')}${node.half === null ? '' : ` ${node.half}`}`;
    case 'numeral':
      return `numeral ${node.digits} in base ${node.base}`;
    case 'numberSet':
      return `the set ${node.name}`;
    case 'setBuilder':
      return `{${spell(node.element)} | ${spell(node.condition)}}`;
    case 'ellipsis':
      return '…';
    case 'labelled':
      return `choice ${node.letter}, ${spell(node.content)}`;
    case 'qualified':
      return `${spell(node.content)}, ${node.condition === null ? 'for all' : `where ${spell(node.condition)}`}`;
    case 'text':
      return `words "${node.words}"`;
    case 'unreadable':
      return `unreadable (${node.why}): ${node.source}`;
  }
}

function short(value: bigint): string {
  if (value > -(10n ** 40n) && value < 10n ** 40n) return String(value);
  return `(a number of ${value.toString(16).length * 4} bits)`;
}
