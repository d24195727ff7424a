import type { LastingFault } from './fault.ts';
import type { StrikeRef } from './lasting.ts';
import type { Target } from './target.ts';

/** Schedules that end faults, and no others, are in this group of a target's account and region. */
export const undoScheduleGroup = 'chaos-undo';

/** One for each call. */
export function undoScheduleNames(strikeId: string, calls: number): readonly string[] {
  return Array.from({ length: calls }, (_, index) =>
    index === 0 ? `chaos-${strikeId}` : `chaos-${strikeId}-${index + 1}`,
  );
}

/** The names of all of them: ids of strikes are of one length. */
export function undoSchedulePattern(strikeId: string): string {
  return `chaos-${strikeId}*`;
}

/** A fault's commands, and those against its schedules: one that fires later would overwrite what its owner has changed since. */
export function commandsByHand(
  fault: Pick<LastingFault, 'byHand' | 'ends'>,
  strike: StrikeRef,
  target: Target,
  saved: unknown,
): string[] {
  const { ends } = fault;
  const calls = ends.by === 'schedule' ? ends.calls(strike, target, saved).length : 0;
  return [
    ...fault.byHand(strike, target, saved),
    ...undoScheduleNames(strike.id, calls).map(
      (name) =>
        `aws scheduler delete-schedule --group-name ${undoScheduleGroup} --name ${name} --region ${target.region}`,
    ),
  ];
}
