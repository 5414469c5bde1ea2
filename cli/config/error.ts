/** Wrong usage or configuration: nothing was started, exit code 2. The message says what, where, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
