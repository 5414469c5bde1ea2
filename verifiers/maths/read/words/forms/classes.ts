import { addition, integerNode, type Node, product, symbol } from '../../../tree.ts';
import { plainWords } from '../phrases.ts';

const LONGEST = 120;
const MAY_NAME = /multiples|integers|numbers/i;
const ALL = '(?:the |all |every |any )?(?:set of (?:all )?)?(?:(?:of )?the )?';
const MULTIPLES = new RegExp(`^${ALL}(?:(?:integer|integral|whole) )?multiples of (\\S.{0,40})$`, 'i');
const PARITY = /^(?:all |every |any |(?:the )?set of (?:all )?)(?:the )?(odd|even) (?:integers?|numbers?)$/i;

/** Classes of whole numbers that words name: `all multiples of 6` is 6k, `all odd integers` 2k + 1, for all whole k. */
export function readClass(source: string, read: (content: string) => Node): Node | null {
  if (source.length > LONGEST || !MAY_NAME.test(source)) return null;
  const plain = plainWords(source.replace(/\\(?:text|textbf|textrm|mbox|mathrm)\s?\{([^{}]*)\}/g, ' $1 ')).trim();
  const parity = PARITY.exec(plain);
  if (parity !== null) return multiplesOf(integerNode(2), parity[1]!.toLowerCase() === 'odd' ? 1 : 0);
  const factor = MULTIPLES.exec(plain)?.[1];
  if (factor === undefined) return null;
  const step = read(factor);
  return step.kind === 'number' || step.kind === 'constant' || step.kind === 'divide' || step.kind === 'multiply'
    ? multiplesOf(step, 0)
    : null;
}

function multiplesOf(step: Node, first: number): Node {
  const multiple = product([step, symbol('k')]);
  return {
    kind: 'qualified',
    content: first === 0 ? multiple : addition([multiple, integerNode(first)]),
    condition: { kind: 'relation', operators: ['∈'], sides: [symbol('k'), { kind: 'numberSet', name: 'Z' }] },
  };
}
