import type { EvidencePlan } from './plan.ts';

/**
 * The smallest share of bad samples that would be noticed with a probability of 95 % in so many samples, if it is constant. Undefined
 * if even an outage would not be. By default for all that are planned: what `validate` says before anything has run.
 */
export declare function noticedShare(plan: EvidencePlan, samples?: number): number | undefined;
