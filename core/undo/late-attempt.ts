/** An attempt that began so shortly before the end of its round has failed for want of time, whatever the error says. */
const lastMs = 10_000;

export const lateText = 'no time was left in this round';

/** Whether an attempt that failed at `now` says nothing about its target. All are epoch ms; `until`: the end of the round. */
export function isLateAttempt(startedAt: number, now: number, until: number): boolean {
  return now >= until && startedAt >= until - lastMs;
}
