export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends early once `over` is aborted, and leaves no timer behind then. */
  sleep(ms: number, over?: AbortSignal): Promise<void>;
}
