import type { Evidence } from './evidence.ts';

/** Why evidence does not suffice. */
export type TooLittle =
  /** Less than 90 % was measured. */
  | { readonly why: 'unmeasured'; readonly measured: number; readonly due: number }
  /** For so long nothing was measured at all. */
  | { readonly why: 'gap'; readonly gapMs: number; readonly atMostMs: number }
  /** So few samples could not have shown even an outage; `least` could have. */
  | { readonly why: 'too-few'; readonly measured: number; readonly least: number }
  /** More than tolerated were bad, but not surely more than by chance. */
  | { readonly why: 'above-tolerance'; readonly bad: number; readonly tolerated: number };

export type BaselineJudgement =
  | { readonly is: 'steady' }
  | { readonly is: 'not-steady'; readonly why: 'deviated'; readonly at: number }
  /** If as many were bad as tolerated, so many would be bad with this probability, which is below 1 %. */
  | {
      readonly is: 'not-steady';
      readonly why: 'unlikely';
      readonly bad: number;
      readonly probability: number;
    }
  /** A state that is bad at the end of it. */
  | { readonly is: 'not-steady'; readonly why: 'bad-now'; readonly since: number }
  | ({ readonly is: 'not-steady' } & TooLittle);

export type EndJudgement =
  | { readonly is: 'deviated'; readonly at: number }
  | ({ readonly is: 'inconclusive' } & TooLittle)
  | {
      readonly is: 'survived';
      /** The smallest constant share of bad samples that would have been noticed with a probability of 95 %. Not of states. */
      readonly notices?: number;
      /** With 95 % confidence the share of bad samples was below this. Not of states. */
      readonly below?: number;
    };

/** Once a baseline's stage has ended: whether something may be injected. */
export declare function judgeBaseline(evidence: Evidence): BaselineJudgement;

/** Once the last stage has ended. */
export declare function judgeEnd(evidence: Evidence): EndJudgement;
