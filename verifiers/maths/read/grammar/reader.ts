import { type Budget, spend } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';

/** A place in a list of tokens, and the grammar's entries for whoever has to recur into it. */
export interface Reader {
  readonly tokens: Token[];
  readonly grammar: Grammar;
  readonly budget: Budget;
  at: number;
  depth: number;
  /** How many `|…|` are open; an inner bar then closes. */
  bars: number;
}

/** The levels of the grammar, loosest first. Passed in, so that files of one level need not import the others. */
export interface Grammar {
  /** Everything: items separated by commas, "and", "or". */
  readonly answer: (reader: Reader) => Node;
  /** One item: a chain of relations between combinations of sets. */
  readonly item: (reader: Reader) => Node;
  /** A sum; ends before a comma, a relation or a closing bracket. */
  readonly sum: (reader: Reader) => Node;
  /** A product, without the terms that follow it. */
  readonly term: (reader: Reader) => Node;
  /** One factor with its powers, primes and factorials. */
  readonly power: (reader: Reader) => Node;
  readonly atom: (reader: Reader) => Node;
}

const MOST_DEPTH = 60;

export const newReader = (tokens: Token[], grammar: Grammar, budget: Budget): Reader => ({
  tokens,
  grammar,
  budget,
  at: 0,
  depth: 0,
  bars: 0,
});

export const peek = (reader: Reader, ahead = 0): Token | undefined => reader.tokens[reader.at + ahead];

export const isMark = (reader: Reader, text: string, ahead = 0): boolean => {
  const token = reader.tokens[reader.at + ahead];
  return token !== undefined && token.kind === 'mark' && token.text === text;
};

export const isCommand = (reader: Reader, name: string): boolean => {
  const token = reader.tokens[reader.at];
  return token !== undefined && token.kind === 'command' && token.text === name;
};

/** Whether the next token is a mark, or a command, of several. */
export const isMarkOf = (reader: Reader, texts: ReadonlySet<string>): boolean => isKindOf(reader, 'mark', texts);
export const isCommandOf = (reader: Reader, names: ReadonlySet<string>): boolean => isKindOf(reader, 'command', names);

const isKindOf = (reader: Reader, kind: Token['kind'], texts: ReadonlySet<string>): boolean => {
  const token = reader.tokens[reader.at];
  return token !== undefined && token.kind === kind && texts.has(token.text);
};

/** Takes the mark if it is next. */
export function takeMark(reader: Reader, text: string): boolean {
  if (!isMark(reader, text)) return false;
  reader.at += 1;
  return true;
}

export function expectMark(reader: Reader, ...texts: string[]): string {
  const found = texts.find((text) => isMark(reader, text));
  if (found === undefined)
    throw new ReadFailure(`expected ${texts.join(' or ')}, found ${peek(reader)?.text ?? 'the end'}`);
  reader.at += 1;
  return found;
}

export function take(reader: Reader): Token {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new ReadFailure('the answer breaks off');
  reader.at += 1;
  return token;
}

/** Runs `read` one level deeper; every recursion of the grammar passes here. */
export function nested(reader: Reader, read: (reader: Reader) => Node): Node {
  spend(reader.budget, 1);
  if (reader.depth >= MOST_DEPTH) throw new ReadFailure('nested too deeply');
  reader.depth += 1;
  const result = read(reader);
  reader.depth -= 1;
  return result;
}
