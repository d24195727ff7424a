import * as z from 'zod';
import type { ChosenFault, FaultRegistry, LastingFault } from '#core/model/fault.ts';
import type { PlaceOfRole } from '#core/model/target.ts';
import { faults as all } from '#faults/registry.ts';

/** Those that are done once. */
export const oneShotFaults: FaultRegistry = new Map([...all].filter(([, { lasts }]) => !lasts));

/** The keys that a permission's own conditions ask for, with values that they take. */
export function contextFor(
  { condition = {} }: Pick<LastingFault['permissions'][number], 'condition'>,
  place: PlaceOfRole,
): Readonly<Record<string, string>> {
  const { Null: _, ...asked } = typeof condition === 'function' ? condition(place) : condition;
  return Object.assign({}, ...Object.values(asked));
}

export const lastingFaults: readonly LastingFault[] = [...all.values()].filter((fault) => fault.lasts);

/** Every fault with every set of parameters that its schema has a list of values for; the others at their defaults. */
export function everyFaultChoice(faults: FaultRegistry): readonly ChosenFault[] {
  return [...faults.values()].flatMap(({ name, parameters }) => {
    const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' });
    let sets: readonly Readonly<Record<string, unknown>>[] = [{}];
    for (const [key, property] of Object.entries(properties)) {
      const values = typeof property === 'object' ? (property.enum ?? []) : [];
      if (values.length > 0) sets = sets.flatMap((set) => values.map((value) => ({ ...set, [key]: value })));
    }
    return sets.map((set) => ({ name, parameters: parameters.parse(set) }));
  });
}
