import * as z from 'zod';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import { orNearest } from '../util/nearest.ts';

/**
 * A fault as users choose it: its name, or `{ name, parameters }`. Parsing fills in every parameter, and the result is a valid
 * choice again; the error for an unknown name lists the known ones. A name alone means the choice of that name in `preset`, if
 * there is one, or else the fault with its defaults.
 */
export function chosenFaultSchema(faults: FaultRegistry, preset: readonly ChosenFault[] = []) {
  const names = [...faults.keys()].join(', ');
  const expected = `expected the name of a fault (${names}) or { name, parameters }`;
  return z
    .union(
      [
        z.string(expected).transform((name) => ({
          name,
          parameters: preset.find((choice) => choice.name === name)?.parameters ?? {},
          path: [] as string[],
        })),
        z
          .strictObject({
            name: z
              .string('expected the name of a fault')
              .describe(`One of ${[...faults.keys()].map((name) => `\`${name}\``).join(', ')}.`),
            parameters: z.unknown().optional().describe("The fault's parameters; each has a default."),
          })
          .transform(({ name, parameters }) => ({ name, parameters: parameters ?? {}, path: ['name'] })),
      ],
      expected,
    )
    .transform(({ name, parameters, path }, context): ChosenFault => {
      const fault = faults.get(name);
      if (fault === undefined) {
        context.addIssue({
          code: 'custom',
          path,
          message: `expected the name of a fault: ${names}${orNearest(name, faults.keys())}`,
        });
        return z.NEVER;
      }
      const parsed = fault.parameters.safeParse(parameters);
      if (parsed.success) return { name, parameters: parsed.data };
      for (const issue of parsed.error.issues) {
        context.addIssue({ ...issue, path: ['parameters', ...issue.path] });
      }
      return z.NEVER;
    });
}
