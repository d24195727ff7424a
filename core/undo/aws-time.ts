import type { ClockSkew } from '../model/clock-skew.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Clock } from '../ports/clock.ts';
import type { Reach } from '../ports/reach.ts';
import type { Undoer } from '../ports/undoer.ts';

/**
 * A round as AWS's clock counts it, for a process whose own cannot be trusted: the ledger's times are by clocks that were right, and by
 * one that is ahead an injection under way would be over. Only what calls AWS goes on counting by the process's own.
 */
export function inAwsTime<World extends { readonly clock: Clock; readonly undoer: Undoer }>(
  run: RunContext,
  world: World,
  { offsetMs }: ClockSkew,
): { readonly run: RunContext; readonly world: World } {
  const { clock, undoer } = world;
  // Once for the whole round: a clock that jumped within it would move its end.
  const offset = offsetMs() ?? 0;
  const here = ({ injector, arm, disarm }: Reach): Reach => ({
    injector: (until) => injector(until - offset),
    arm: (id, calls, at, until) => arm(id, calls, at, until - offset),
    disarm: (id, calls, until) => disarm(id, calls, until - offset),
  });
  return {
    run: { ...run, deadline: run.deadline + offset, surveyBy: run.surveyBy + offset },
    world: {
      ...world,
      clock: { ...clock, now: () => clock.now() + offset },
      undoer: {
        open: async (entries) => {
          const { value, failures } = await undoer.open(entries, run);
          return { value: new Map([...value].map(([id, reach]) => [id, here(reach)])), failures };
        },
      },
    },
  };
}
