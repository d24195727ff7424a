import * as z from 'zod';
import type { MethodStep } from '../../model/experiment.ts';
import type { Fault } from '../../model/fault.ts';
import { longestMinutes } from '../../model/lasting.ts';
import { orNearest } from '../../util/nearest.ts';
import { timeFrom } from '../../util/time.ts';
import { chooseFault } from './choose-fault.ts';
import type { Known } from './known.ts';
import { targetLimits, targetSchema } from './target-schema.ts';
import { listOf, Name } from './values.ts';

/** Shorter than that, nothing can be noticed. */
const shortestHoldMs = 1_000;
const longestObserveMs = 24 * 60 * 60_000;

export const Duration = timeFrom(shortestHoldMs, longestMinutes * 60_000);
export const Observe = timeFrom(shortestHoldMs, longestObserveMs);

/** A step whose order is not known yet: `startAfter` may be left out. */
export type ParsedStep = Omit<MethodStep, 'startAfter'> & {
  readonly startAfter?: readonly string[] | undefined;
};

export function stepSchema(known: Known): z.ZodType<ParsedStep> {
  const faults = [...known.faults.values()];
  const names = faults.map(({ name }) => name);
  const common = {
    name: Name.describe('Unique in the file.'),
    startAfter: listOf(Name, 0, 20)
      .optional()
      .describe(
        'The steps that must have ended before. Left out: the one before it in the list. `[]`: it begins at once.',
      ),
  };
  const limits = targetLimits(known);
  const branches = faults.map((fault) =>
    z.strictObject({
      ...common,
      fault: z.literal(fault.name).describe(fault.summary),
      parameters: parametersSchema(fault),
      target: targetSchema(fault, known.kinds, limits).describe(
        'What it strikes. What is left out is not limited.',
      ),
      ...timesOf(fault),
    }),
  );
  return z
    .discriminatedUnion('fault', branches as [(typeof branches)[number]], {
      error: ({ input }) =>
        `expected the name of a fault (docs/faults.md lists them)${orNearest(String(Object(input).fault), names)}`,
    })
    .transform(({ name, parameters, target, duration, observe, startAfter, ...step }, { addIssue }) => {
      const fault = known.faults.get(step.fault) as Fault;
      const holdMs = duration ?? observe ?? 0;
      const choice = chooseFault(fault, { parameters, holdMs }, known);
      if ('fault' in choice) return { name, fault: choice.fault, target, holdMs, startAfter };
      for (const mistake of choice.mistakes)
        addIssue({ code: 'custom', ...mistake, path: [...mistake.path] });
      return z.NEVER;
    });
}

/** They are parsed with the step's time, as one of them is how long the fault lasts. Editors get the fault's own schema. */
function parametersSchema(fault: Fault) {
  const { properties = {}, ...schema } = z.toJSONSchema(fault.parameters, { io: 'input' });
  const { minutes: _, ...named } = properties;
  const { $schema: __, ...shown } = schema;
  return z
    .record(z.string(), z.unknown(), 'expected the parameters of the fault')
    .meta({ ...shown, properties: named })
    .default({})
    .describe("The fault's own (docs/faults.md), without `minutes`. Each has a default.");
}

function timesOf({ name, lasts }: Fault) {
  return {
    duration: lasts
      ? Duration.describe(
          'How long a fault lasts that is undone afterwards, 90 seconds less than `maxFaultMinutes` of the configuration at most.',
        )
      : z.never(`expected observe instead: ${name} is done once`).optional(),
    observe: lasts
      ? z.never(`expected duration instead: ${name} lasts until it is undone`).optional()
      : Observe.describe('How long is watched after a fault that is done once.'),
  };
}
