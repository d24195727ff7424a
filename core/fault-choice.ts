import { z } from 'zod';
import type { ChosenFault, FaultRegistry } from './fault.ts';

/**
 * A fault as users choose it: its name, or `{ name, ...parameters }`. Parsed to the fault with all parameters
 * filled in; an unknown name is answered with the names there are.
 */
export function faultChoice(faults: FaultRegistry) {
  const names = [...faults.keys()].join(', ');
  return z
    .union(
      [
        z.string(`expected the name of a fault: ${names}`),
        z.looseObject({ name: z.string(`expected the name of a fault: ${names}`) }),
      ],
      `expected a fault: one of ${names}, or { name, ...parameters }`,
    )
    .transform((choice, context): ChosenFault => {
      const { name, ...parameters } = typeof choice === 'string' ? { name: choice } : choice;
      const fault = faults.get(name);
      if (fault === undefined) {
        context.addIssue({
          code: 'custom',
          message: `expected the name of a fault: ${names}`,
          ...(typeof choice === 'string' ? {} : { path: ['name'] }),
        });
        return z.NEVER;
      }
      const parsed = fault.parameters.safeParse(parameters);
      if (!parsed.success) {
        for (const issue of parsed.error.issues) context.addIssue({ ...issue });
        return z.NEVER;
      }
      return { name, parameters: parsed.data };
    });
}
