import { maxSubject, triesOf } from '#layer/safe-pattern.ts';

/** As many as `"a"\s*:\s*(1|2|3|4)` takes, which begins anywhere. */
const mostTries = 4 * maxSubject ** 3;

/**
 * Whether a regular expression is not of those that take ever longer with each character of a body: one would stop all probes for as
 * long as it is allowed to. Some texts still make it slow, which `timeLimited` ends; the failure layer has no such means, and takes less.
 */
export function isQuickPattern(pattern: string): boolean {
  return triesOf(pattern) <= mostTries;
}
