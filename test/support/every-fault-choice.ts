import * as z from 'zod';
import type { ChosenFault, FaultRegistry } from '#core/model/fault.ts';

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
