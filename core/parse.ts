import type * as z from 'zod';
import { foundText } from './found-text.ts';
import { nearest } from './nearest.ts';
import { schemaKeys } from './schema-keys.ts';
import { visible } from './visible.ts';

/** One mistake in an input: where it is, what was expected there, and what was found. */
export interface Mistake {
  /** Path of the key, as a user would write it: `accounts[3].id`; `(root)` for the whole. */
  readonly path: string;
  readonly expected: string;
  /** The value found, as JSON, cut to 80 characters; `nothing` when the key is absent. */
  readonly found: string;
  /** The path that a key which is not known was probably meant to have. */
  readonly didYouMean?: string;
}

/** Nobody reads more of them, and each is made from what somebody else wrote. */
const maxMistakes = 20;
const maxPath = 200;
const maxExpected = 1_000;

/** An input from outside (event, configuration, environment, stored record) that does not have the agreed shape. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  /** What was being read: `chaos.config.ts`, `run request`. */
  readonly what: string;
  /** The first of them. */
  readonly mistakes: readonly Mistake[];
  /** How many there are beyond these. */
  readonly more: number;

  constructor(
    what: string,
    mistakes: readonly Mistake[],
    { more = 0, cause }: { readonly more?: number; readonly cause?: unknown } = {},
  ) {
    const shown = mistakes.slice(0, maxMistakes).map(cleaned);
    const left = more + mistakes.length - shown.length;
    const lines = [
      `${cut(what, maxPath)} is not valid:`,
      ...shown.map(lineOf),
      ...(left === 0 ? [] : [`  and ${left} more`]),
    ];
    super(lines.join('\n'), { cause });
    this.what = what;
    this.mistakes = shown;
    this.more = left;
  }

  /** The same mistakes of something by another name. */
  of(what: string): InvalidInput {
    return new InvalidInput(what, this.mistakes, { more: this.more, cause: this });
  }
}

function lineOf({ path, expected, found, didYouMean }: Mistake): string {
  return `  ${path}: ${expected}, found ${found}${didYouMean === undefined ? '' : `; did you mean ${didYouMean}?`}`;
}

function cleaned({ path, expected, found, didYouMean }: Mistake): Mistake {
  return {
    path: cut(path, maxPath),
    expected: cut(expected, maxExpected),
    found: cut(found, maxPath),
    ...(didYouMean !== undefined && { didYouMean: cut(didYouMean, maxPath) }),
  };
}

function cut(text: string, maxLength: number): string {
  const shown = visible(text.slice(0, maxLength + 1));
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 3)}...` : shown;
}

/**
 * Parses `input` with `schema`, or throws an `InvalidInput` that names the mistakes with their paths, and nothing else.
 * This is the only door by which outside data comes in.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> {
  try {
    const result = schema.safeParse(input);
    if (result.success) return result.data;
    throw invalid(what, result.error.issues, input, schema);
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    // A getter or a proxy of the input's threw, or a check of ours did: it was not understood, so it is not taken.
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InvalidInput(what, [{ path: '(root)', expected: 'expected plain data', found }], {
      cause: error,
    });
  }
}

/** What `input` is by `schema`; undefined where it is something else, to tell apart what it is to be parsed as. */
export function parsedIf<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(input).data;
  } catch {
    return undefined;
  }
}

/** Whether an input, which may be anything, has a key. */
export function hasKey<Key extends string>(input: unknown, key: Key): input is Record<Key, unknown> {
  try {
    return typeof input === 'object' && input !== null && key in input;
  } catch {
    return false;
  }
}

function invalid(
  what: string,
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  schema: z.ZodType,
): InvalidInput {
  const first: Mistake[] = [];
  let count = 0;
  for (const complaint of complaints(issues, [])) {
    if (count < maxMistakes) first.push(mistake(complaint, input, schema));
    count += 1;
  }
  return new InvalidInput(what, first, { more: count - first.length });
}

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

const unknownKey = 'unknown key';

/** One by one: there may be a million. */
function* complaints(
  issues: readonly z.core.$ZodIssue[],
  parentPath: readonly PropertyKey[],
): Generator<Complaint> {
  for (const issue of issues) {
    const path = [...parentPath, ...issue.path];
    const closest = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined;
    if (closest !== undefined) yield* complaints(closest, path);
    else if (issue.code !== 'unrecognized_keys') yield { path, expected: expectation(issue) };
    else for (const key of issue.keys) yield { path: [...path, key], expected: unknownKey };
  }
}

/** Our schemas word their own expectations; where one does not, zod's is shortened to fit the line. */
function expectation(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^Invalid input: (expected [^,]+), received .*$/, '$1');
}

/** Of a union's branches, the one that the value comes closest to, if it is one: its complaint is the useful one. */
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

function mistake({ path, expected }: Complaint, input: unknown, schema: z.ZodType): Mistake {
  // A schema that knows the names it would take says the nearest itself: `orNearest`.
  const [, what = expected, near] = /^(.*); did you mean (.*)\?$/s.exec(expected) ?? [];
  const meant = expected === unknownKey ? meantKey(path, schema) : near;
  return {
    path: pathText(path),
    expected: what,
    found: foundText(valueAt(input, path)),
    ...(meant !== undefined && { didYouMean: meant }),
  };
}

/** What an unknown key was probably meant to be: a key beside it that is spelled like it, or one of its very name elsewhere. */
function meantKey(path: readonly PropertyKey[], schema: z.ZodType): string | undefined {
  const place = path.slice(0, -1);
  const name = String(path.at(-1));
  const known = [...schemaKeys(schema)];
  const prefix = place.filter((key) => typeof key !== 'number').map((key) => `${String(key)}.`);
  const beside = known
    .filter((key) => key.startsWith(prefix.join('')))
    .map((key) => key.slice(prefix.join('').length))
    .filter((key) => !key.includes('.'));
  const near = nearest(name, beside);
  if (near !== undefined) return pathText([...place, near]);
  // Of several the shallowest, and of these the last: the names of tags, which are named after what they are in place of,
  // come first.
  return known
    .filter((key) => key.endsWith(`.${name}`))
    .sort((a, b) => a.split('.').length - b.split('.').length)
    .findLast((key, _, [first = '']) => key.split('.').length === first.split('.').length);
}

function pathText(path: readonly PropertyKey[]): string {
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
