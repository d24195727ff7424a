import * as z from 'zod';
import type { Fault } from '../model/fault.ts';
import { expectation } from '../util/expectation.ts';
import { orNearest } from '../util/nearest.ts';

export interface ParameterMistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What an issue says is wrong with a fault's parameters. `unnamed`: those that the user gives in another way. */
export function parameterMistakes(
  issue: z.core.$ZodIssue,
  { name, parameters }: Fault,
  unnamed: readonly string[] = [],
): readonly ParameterMistake[] {
  const { path } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, message: expectation(issue, parameters) }];
  const all = Object.keys(parameters instanceof z.ZodObject ? parameters.shape : {});
  const keys = all.filter((key) => !unnamed.includes(key));
  const list = keys.length === 0 ? `${name} has none` : `${name} has ${keys.join(', ')}`;
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: `unknown parameter: ${list}${orNearest(key, keys)}`,
  }));
}
