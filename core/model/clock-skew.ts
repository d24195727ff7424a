import { counted } from '../util/format.ts';

/** How far this process's clock is off from AWS's. */
export interface ClockSkew {
  /** How far AWS's clock was ahead in its last answer; undefined before the first answer. */
  offsetMs(): number | undefined;
}

/** Allows for slow answers and clocks that drift a little: two processes whose clocks can be trusted differ by no more. */
export const mostOffsetMs = 5 * 60_000;

/** Why this clock cannot be trusted; undefined if it can be, as far as is known. */
export function skewText({ offsetMs }: ClockSkew): string | undefined {
  const offset = offsetMs() ?? 0;
  if (Math.abs(offset) <= mostOffsetMs) return undefined;
  const minutes = counted(Math.round(Math.abs(offset) / 60_000), 'minute');
  return `the clock of this process is ${minutes} ${offset > 0 ? 'behind' : 'ahead of'} AWS's`;
}
