import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticStructureSchema } from '@smithy/types';
import { schedulerName } from '#aws/scheduler-input.ts';
import { validationError } from './errors.ts';

/**
 * An input in Scheduler's names, in those of the service's own API. Throws where a required member is missing: that is AWS's answer to
 * `UUID` for `Uuid`. What it says of a member that no call has is not documented: here it is refused.
 */
export function ownInput(schema: StaticStructureSchema, input: object): object {
  const [, , , , members, , required = 0] = schema;
  const missing = members
    .slice(0, required)
    .map(schedulerName)
    .filter((name) => !(name in input));
  if (missing.length > 0) {
    throw invalid(`Request payload is missing the following field(s): ${missing.join(', ')}.`);
  }
  return ownNames(NormalizedSchema.of(schema), input) as object;
}

function ownNames(schema: NormalizedSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => ownNames(schema.getValueSchema(), one));
  if (!schema.isStructSchema()) {
    const of = schema.getValueSchema();
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, ownNames(of, one)]));
  }
  const members = new Map([...schema.structIterator()].map(([own, of]) => [schedulerName(own), { own, of }]));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const member = members.get(name);
      if (member === undefined) throw invalid(`Request payload has the unknown field ${name}.`);
      return [member.own, ownNames(member.of, one)];
    }),
  );
}

function invalid(reason: string): Error {
  return validationError(`Invalid RequestJson provided. Reason ${reason}`);
}
