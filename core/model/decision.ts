/** Why something was, or was not, done. The code is stable and counted; the text is for people. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/**
 * Kebab-case. A guard's and a gate's code is its file's name; the others are in `decide.ts`, `choose-target.ts`, `look.ts` and
 * `strike.ts`. Open, so that a new guard needs no change here.
 */
export type ReasonCode = string;

/** What was decided about one group, and why. */
export interface Decision {
  /** The group's key. */
  readonly group: string;
  readonly verdict: 'strike' | 'spare';
  readonly reason: Reason;
  /** What else stood against a strike, when more than one guard refused. */
  readonly also?: readonly Reason[];
  /** What the draw was made with: of the slot, or of the day where the rate is in days. Absent where it did not come to one. */
  readonly probability?: number;
  /** The number drawn in [0, 1): a strike if below `probability`. */
  readonly drawn?: number;
  /** The moment that was drawn, ISO 8601, UTC, where the rate is in days. */
  readonly due?: string;
}
