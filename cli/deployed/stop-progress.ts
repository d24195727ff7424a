/** What is known so far about a stop in progress, for messages if it fails. */
export interface StopProgress {
  reason?: string;
  region?: string | undefined;
  table?: string | undefined;
  profile?: string | undefined;
  /** The master account, if the configuration names it. */
  account?: string | undefined;
  /** Whether the stop may have been set despite a failure. */
  mayBeSet(): boolean;
}
