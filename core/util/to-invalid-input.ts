import type * as z from 'zod';
import { expectation } from './expectation.ts';
import { foundText } from './found-text.ts';
import { InvalidInput, type Mistake, maxMistakes, type Place } from './invalid-input.ts';
import { nearest } from './nearest.ts';
import { schemaKeys } from './schema-keys.ts';

/** Converts a schema's issues with an input to an `InvalidInput`. `placeOf`: where a path is, in the text that the input came from. */
export function toInvalidInput(
  what: string,
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  schema: z.ZodType,
  placeOf: (path: readonly PropertyKey[]) => Place | undefined = () => undefined,
): InvalidInput {
  const first: Mistake[] = [];
  let count = 0;
  for (const complaint of complaints(issues, [], schema)) {
    if (count < maxMistakes) first.push(mistake(complaint, input, schema, placeOf(complaint.path)));
    count += 1;
  }
  return new InvalidInput(what, first, { more: count - first.length });
}

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

const unknownKey = 'unknown key';

/** A generator, as there may be a million. */
function* complaints(
  issues: readonly z.core.$ZodIssue[],
  parentPath: readonly PropertyKey[],
  schema: z.ZodType,
): Generator<Complaint> {
  for (const issue of issues) {
    const path = [...parentPath, ...issue.path];
    const closest = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined;
    if (closest !== undefined) yield* complaints(closest, path, schema);
    else if (issue.code !== 'unrecognized_keys')
      yield { path, expected: expectation({ ...issue, path: [...path] }, schema) };
    else for (const key of issue.keys) yield { path: [...path, key], expected: unknownKey };
  }
}

/** The branch of a union that matches the value best, if there is only one: its issues are the useful ones. */
function closestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const wrongAtRoot = (branch: readonly z.core.$ZodIssue[]) =>
    branch.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0);
  const candidates = branches.filter((branch) => !wrongAtRoot(branch));
  const fewest = Math.min(...candidates.map((branch) => branch.length));
  const closest = candidates.filter((branch) => branch.length === fewest);
  return closest.length === 1 ? closest[0] : undefined;
}

function mistake(
  { path, expected }: Complaint,
  input: unknown,
  schema: z.ZodType,
  at: Place | undefined,
): Mistake {
  const meant = expected === unknownKey ? meantKey(path, schema) : undefined;
  return {
    path: pathText(path),
    expected,
    found: foundText(valueAt(input, path)),
    ...(meant !== undefined && { didYouMean: meant }),
    ...(at !== undefined && { at }),
  };
}

/** What an unknown key was probably meant to be: a similar key next to it, or one of the same name elsewhere. */
function meantKey(path: readonly PropertyKey[], schema: z.ZodType): string | undefined {
  const place = path.slice(0, -1);
  const name = String(path.at(-1));
  const all = [...new Set(schemaKeys(schema).map(({ path }) => path))];
  const known = [...new Set(all.map((key) => key.replaceAll('[]', '')))];
  const prefix = place.filter((key) => typeof key !== 'number').map((key) => `${String(key)}.`);
  const beside = known
    .filter((key) => key.startsWith(prefix.join('')))
    .map((key) => key.slice(prefix.join('').length))
    // In another branch of a union, it may have that very name.
    .filter((key) => !key.includes('.') && key !== name);
  const near = nearest(name, beside);
  if (near !== undefined) return pathText([...place, near]);
  // Prefers the shallowest key, and the last of several: tag keys, which share the name of what they override, come first. In a list,
  // nobody knows in which entry.
  return all
    .filter((key) => key.endsWith(`.${name}`) && !key.includes('[]'))
    .sort((a, b) => a.split('.').length - b.split('.').length)
    .findLast((key, _, [first = '']) => key.split('.').length === first.split('.').length);
}

/** `accounts[3].id`; `(root)` for the whole. */
export function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(root)';
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
