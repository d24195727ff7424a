/** How far a stop has come: what there is to say where it comes no further. */
export interface StopProgress {
  reason?: string;
  region?: string | undefined;
  table?: string | undefined;
  profile?: string | undefined;
  /** The master's, where the configuration says it. */
  account?: string | undefined;
  /** Whether the stop may have been set all the same. */
  mayBeSet(): boolean;
}
