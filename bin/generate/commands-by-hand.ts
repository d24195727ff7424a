import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Target, TargetKind } from '#core/model/target.ts';

/**
 * The commands that undo a fault on any target of its kind; each list is for another state that the target was in before. What differs
 * is in capitals: `FUNCTION` is the target's id, `STRIKE` the strike's, `BEFORE` what the fault has saved under that name.
 */
export function commandsByHand(
  fault: Pick<LastingFault, 'byHand' | 'saved'>,
  kind: Pick<TargetKind, 'kind' | 'arnPatterns'>,
): readonly (readonly string[])[] {
  const schema = z.toJSONSchema(fault.saved);
  const lists = (['first', 'last'] as const).map((choice) =>
    fault.byHand(strike, sampleTarget(kind), sample(schema, 'saved', choice)).map(plain),
  );
  const seen = new Map(lists.map((commands) => [commands.join('\n'), commands]));
  return [...seen.values()];
}

const strike = { id: 'STRIKE', deadline: 'DEADLINE', notAfter: 'DEADLINE' };

function sampleTarget({ kind, arnPatterns }: Pick<TargetKind, 'kind' | 'arnPatterns'>): Target {
  const id = inCapitals(kind.split('-').at(-1) ?? '');
  const arns = Object.entries(arnPatterns).map(([type, pattern]) => {
    const arn = pattern({ partition: 'aws', account: 'ACCOUNT' });
    return [type, arn.replace(/:\*:/, ':REGION:').replaceAll('*', id)];
  });
  return {
    kind,
    id,
    arns: Object.fromEntries(arns),
    account: 'ACCOUNT',
    region: 'REGION',
    group: 'GROUP',
    facts: { failureParameter: 'PARAMETER' },
  };
}

/** A value of this schema; where several are possible, its first or its last choice. In lists, numbers are always there. */
function sample(
  schema: z.core.JSONSchema._JSONSchema,
  name: string,
  choice: 'first' | 'last',
  inList = false,
): unknown {
  if (typeof schema === 'boolean') return inCapitals(name);
  const pick = <One>(from: readonly One[]) => (choice === 'first' ? from[0] : from.at(-1));
  const { anyOf, enum: values, type, items, properties = {} } = schema;
  if (anyOf !== undefined) {
    const number = inList ? anyOf.find((one) => Object(one).type === 'integer') : undefined;
    return sample(number ?? pick(anyOf) ?? {}, name, choice, inList);
  }
  if (values !== undefined) return pick(values);
  switch (Array.isArray(type) ? pick(type) : type) {
    case 'boolean':
      return choice === 'last';
    case 'null':
      return null;
    case 'integer':
    case 'number':
      return `${mark}${inCapitals(name)}${mark}`;
    case 'array':
      return Array.isArray(items) || items === undefined ? [] : [sample(items, name, choice, true)];
    case 'object':
      return Object.fromEntries(
        Object.entries(properties).map(([key, one]) => [key, sample(one, key, choice, inList)]),
      );
    default:
      return inCapitals(name);
  }
}

/** Around what stands for a number, which JSON puts between quotes. */
const mark = '%';

function plain(command: string): string {
  return command
    .replaceAll(`"${mark}`, '')
    .replaceAll(`${mark}"`, '')
    .replaceAll(mark, '')
    .replaceAll(/":(true|false)/g, '":TRUE_OR_FALSE');
}

/** `failureParameter` is `FAILURE_PARAMETER`. */
function inCapitals(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
