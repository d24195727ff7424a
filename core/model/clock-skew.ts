import { counted } from '../util/format.ts';

/** How far the process's clock is from AWS's. */
export interface ClockSkew {
  /** Ms by which AWS's clock was ahead in its last answer; undefined before the first. */
  offsetMs(): number | undefined;
}

/** What passes for a slow answer or a clock that drifts a little. */
const mostOffsetMs = 5 * 60_000;

/** Why times cannot be told by this clock; undefined where they can, as far as is known. */
export function skewText({ offsetMs }: ClockSkew): string | undefined {
  const offset = offsetMs() ?? 0;
  if (Math.abs(offset) <= mostOffsetMs) return undefined;
  const minutes = counted(Math.round(Math.abs(offset) / 60_000), 'minute');
  return `the clock of this process is ${minutes} ${offset > 0 ? 'behind' : 'ahead of'} AWS's`;
}
