import * as z from 'zod';
import type { ChosenFault, Fault, FaultRegistry } from '../model/fault.ts';
import { expectation } from '../util/expectation.ts';
import { orNearest } from '../util/nearest.ts';

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
        : parsed.error.issues.flatMap((issue) => mistakesOf(issue, fault, maxFaultMinutes));
      for (const { path, message } of mistakes) {
        context.addIssue({ code: 'custom', path: ['parameters', ...path], message });
      }
      return mistakes.length === 0 ? { name, parameters: parsed.data } : z.NEVER;
    });
}

interface ParameterMistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function mistakesOf(
  issue: z.core.$ZodIssue,
  { name, parameters }: Fault,
  maxFaultMinutes: number,
): readonly ParameterMistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const keys = Object.keys(parameters instanceof z.ZodObject ? parameters.shape : {});
    const list = keys.length === 0 ? `${name} has none` : `${name} has ${keys.join(', ')}`;
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown parameter: ${list}${orNearest(key, keys)}`,
    }));
  }
  const isMinutes = path.length === 1 && path[0] === 'minutes';
  return [{ path, message: isMinutes ? aDuration(maxFaultMinutes) : expectation(issue, parameters) }];
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
