import type { Token } from './tokens.ts';

/** A place in a list of tokens; the last token is `end` and is never passed. */
export interface TokenReader {
  peek(): Token;
  next(): Token;
  /** Whether the next token is this name or operator. */
  is(text: string): boolean;
  /** Passes the next token if it is this name or operator. */
  take(text: string): boolean;
  /** Passes the next token if it is one of these, and says which. */
  takeAny(texts: readonly string[]): string | null;
  position(): number;
  seek(position: number): void;
}

export function tokenReader(tokens: readonly Token[]): TokenReader {
  let at = 0;
  const peek = () => tokens[at]!;
  const is = (text: string) => {
    const token = peek();
    return 'text' in token && token.type !== 'number' && token.text === text;
  };
  const next = () => {
    const token = peek();
    if (at < tokens.length - 1) at += 1;
    return token;
  };
  const take = (text: string) => {
    if (!is(text)) return false;
    next();
    return true;
  };
  return {
    peek,
    next,
    is,
    take,
    takeAny: (texts) => texts.find(take) ?? null,
    position: () => at,
    seek: (position) => {
      at = position;
    },
  };
}
