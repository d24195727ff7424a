/** Experiments of which nothing runs while they wait. */
export interface Sleepers {
  /** Ends the wait, by the id of its callback. False if nobody waits for that any more. */
  wake(callback: string): Promise<boolean>;
}
