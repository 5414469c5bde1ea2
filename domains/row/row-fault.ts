export type BadRowCode =
  | 'broken-json'
  | 'broken-csv'
  | 'broken-row'
  | 'not-an-object'
  | 'invalid-utf8'
  | 'nul-byte'
  | 'too-long'
  | 'too-many-values'
  | 'missing-field'
  | 'empty-field'
  | 'wrong-type'
  | 'unknown-domain'
  | 'not-checkable'
  | 'choice-not-among-choices'
  | 'tests-not-understood';

/** Thrown while a row is read; caught by the reader, which makes a BadRow of it. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
  readonly code: BadRowCode;

  constructor(code: BadRowCode, message: string) {
    super(message);
    this.code = code;
  }
}
