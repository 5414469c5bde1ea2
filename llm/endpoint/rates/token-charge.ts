/** How fast the tokens of the last calls make up what the next are taken for. */
const MEMORY = 1 / 16;

/** What calls are taken for in tokens before they are answered, and what that was wrong by. */
export class TokenCharge {
  readonly #perMinute: number | null;
  /** A running mean of what calls came to; null before the first. */
  #mean: number | null = null;
  #atMost = 0;
  #owed = 0;

  /** @param perMinute the declared tokens of a minute; null where none are: no call is taken for any. */
  constructor(perMinute: number | null) {
    this.#perMinute = perMinute;
  }

  /** What the next call is taken for. */
  get next(): number {
    return this.#perMinute === null ? 0 : (this.#mean ?? this.#atMost);
  }

  /** What a call may come to at most: it counts until one was answered. */
  expect(atMost: number): void {
    this.#atMost = atMost;
  }

  /** A call that was taken for so many tokens came to others. */
  settle(taken: number, tokens: number): void {
    if (this.#perMinute === null) return;
    if (tokens > 0) this.#mean = this.#mean === null ? tokens : this.#mean + (tokens - this.#mean) * MEMORY;
    this.#owed += tokens - taken;
  }

  /** Whether what is owed is worth a claim of its own: else it rides on the next. */
  get isWorthAClaim(): boolean {
    return this.#perMinute !== null && Math.abs(this.#owed) > this.#perMinute / 600;
  }

  /** What is owed, once. */
  takeOwed(): number {
    const owed = this.#owed;
    this.#owed = 0;
    return owed;
  }
}
