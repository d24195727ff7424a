import * as z from 'zod';
import type { ChosenFault } from '../model/fault.ts';

const Lasting = z.looseObject({ minutes: z.number() });

/** A mistake where a chosen fault lasts longer than the configuration allows. `path`: of the choice. */
export function checkMinutes(
  { parameters }: ChosenFault,
  maxFaultMinutes: number,
  context: z.RefinementCtx,
  path: readonly PropertyKey[] = [],
): void {
  const { data } = Lasting.safeParse(parameters);
  if (data === undefined || data.minutes <= maxFaultMinutes) return;
  context.addIssue({
    code: 'custom',
    path: [...path, 'parameters', 'minutes'],
    // Where nothing is written, it is the fault's default.
    message: `expected at most ${maxFaultMinutes} minutes (maxFaultMinutes): it would last ${data.minutes}`,
  });
}
