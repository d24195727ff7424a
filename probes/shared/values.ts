import * as z from 'zod';

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

const aTime = 'expected a time with its unit, such as "800ms" or "3s"';

/** `800ms`, `3s`: in milliseconds. */
export const Time = z
  .string(aTime)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, aTime)
  .transform((text) => {
    const [, count, unit] = /^([\d.]+)(\w+)$/.exec(text) ?? [];
    return Number(count) * unitsMs[unit as keyof typeof unitsMs];
  });

/** `800 ms`, `3 s`. */
export function timeText(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`;
}
