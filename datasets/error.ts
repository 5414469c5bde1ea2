const codes = [
  'nothing-matches',
  'split-unclear',
  'file-missing',
  'file-is-folder',
  'file-unreadable',
  'file-empty',
  'file-damaged',
  'file-not-fetched',
  'too-many-bad-rows',
  'link-leads-out',
  'subset-unclear',
  'encoding-unknown',
  'format-unknown',
  'preset-unknown',
  'folder-not-empty',
  'disk-full',
  'tokenizer-unreadable',
  'template-broken',
] as const;

export type DataErrorCode = (typeof codes)[number];

/**
 * A fault of a whole data file or of an export. It stops what is being done with that file, since nothing in it can
 * be trusted; faults of single rows are values (BadRow) and stop nothing. `code` is closed; the message says what was
 * wrong and what to do.
 */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;
  readonly file: string;
  readonly disposition = 'stop';

  constructor(code: DataErrorCode, file: string, message: string, options?: ErrorOptions) {
    super(`${file}: ${message}`, options);
    this.code = code;
    this.file = file;
  }
}
