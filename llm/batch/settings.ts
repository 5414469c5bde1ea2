/** How requests are put into batches. */
export interface BatchSettings {
  /** Most requests of one batch. */
  readonly rows: number;
  /** Seconds after the first request until a batch goes that is not full. */
  readonly seconds: number;
  /** Most requests that are open at once, gathered and on their way. */
  readonly open: number;
  /** Seconds between two looks at a batch. */
  readonly pollSeconds: number;
  /** Within which the server promises its answers, in its own words. */
  readonly window: string;
  /** Whether the end of a process cancels what the server has not begun; else it goes on there. */
  readonly cancelOnStop: boolean;
}
