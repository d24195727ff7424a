import type { LastingFault } from './fault.ts';

const texts = {
  aws: 'if nobody undoes it, what it wrote has no effect from then on',
  target: 'if nobody undoes it, it ends by itself then',
  schedule: "if nobody undoes it, a schedule in the target's account does, 10 minutes later",
} as const;

/** What happens to a contested strike. */
export const contestedEndText = "nothing more is done to it by itself: what is there now is somebody else's";

/** How a fault ends if nobody undoes it at its deadline. */
export function faultEndText({ ends }: Pick<LastingFault, 'ends'>): string {
  return texts[ends.by];
}
