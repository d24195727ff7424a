import * as z from 'zod';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import { orNearest } from '../util/nearest.ts';
import { type ParameterMistake, parameterMistakes } from './parameter-mistakes.ts';

/**
 * A fault as users choose it: its name, or `{ name, parameters }`. Parsing fills in every parameter, and the result is a valid
 * choice again. `enabled`: only these may be chosen, and a name alone means the choice that is in there; left out, any fault may,
 * and its name alone is the fault with its defaults.
 */
export function chosenFaultSchema(
  faults: FaultRegistry,
  maxFaultMinutes: number,
  enabled?: readonly ChosenFault[],
) {
  const known = enabled?.map(({ name }) => name) ?? [...faults.keys()];
  // Not all there are: they are two dozen, and the one that is meant would be lost among them.
  const aFault = enabled
    ? `expected a fault that the configuration enables: ${known.join(', ')}`
    : 'expected the name of a fault (docs/faults.md lists them)';
  const aChoice = `${aFault}, or { name, parameters }`;
  return z
    .union(
      [
        z.string(aChoice).transform((name) => ({
          name,
          parameters: enabled?.find((choice) => choice.name === name)?.parameters ?? {},
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
      aChoice,
    )
    .transform(({ name, parameters, path }, context): ChosenFault => {
      const fault = known.includes(name) ? faults.get(name) : undefined;
      if (fault === undefined) {
        context.addIssue({ code: 'custom', path, message: `${aFault}${orNearest(name, known)}` });
        return z.NEVER;
      }
      const parsed = fault.parameters.safeParse(parameters);
      const mistakes = parsed.success
        ? tooLong(parsed.data, parameters, maxFaultMinutes)
        : parsed.error.issues.flatMap((issue) =>
            isOfMinutes(issue)
              ? [{ path: issue.path, message: aDuration(maxFaultMinutes) }]
              : parameterMistakes(issue, fault),
          );
      for (const { path, message } of mistakes) {
        context.addIssue({ code: 'custom', path: ['parameters', ...path], message });
      }
      return mistakes.length === 0 ? { name, parameters: parsed.data } : z.NEVER;
    });
}

function isOfMinutes({ path }: z.core.$ZodIssue): boolean {
  return path.length === 1 && path[0] === 'minutes';
}

const Lasting = z.looseObject({ minutes: z.number() });

function tooLong(parsed: unknown, given: unknown, maxFaultMinutes: number): readonly ParameterMistake[] {
  const { data } = Lasting.safeParse(parsed);
  if (data === undefined || data.minutes <= maxFaultMinutes) return [];
  const isDefault = Object(given).minutes === undefined;
  const what = isDefault ? `, and the default is ${data.minutes}` : '';
  return [{ path: ['minutes'], message: `${aDuration(maxFaultMinutes)}${what}` }];
}

function aDuration(maxFaultMinutes: number): string {
  return `expected 1 to ${maxFaultMinutes} minutes (maxFaultMinutes)`;
}
