/** How far a stop has come: what there is to say where it comes no further. */
export interface StopProgress {
  reason?: string;
  region?: string;
  table?: string;
  profile?: string | undefined;
  /** Whether the stop may have been set all the same. */
  mayBeSet(): boolean;
}
