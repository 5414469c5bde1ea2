export type * from './generated/types.ts';

/** The name of a domain: a field of knowledge that problems come from. */
export type Domain = string;
