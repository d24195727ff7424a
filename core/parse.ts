import type * as z from 'zod';

/** One mistake in an input: where it is, what was expected there, and what was found. */
export interface Mistake {
  /** Path of the key, as a user would write it: `accounts[3].id`; `(root)` for the whole. */
  readonly path: string;
  readonly expected: string;
  /** The value found, as JSON, cut to 80 characters; `nothing` when the key is absent. */
  readonly found: string;
}

/** An input from outside (event, configuration, environment, stored record) that does not have the agreed shape. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  /** What was being read: `chaos.config.ts`, `run request`. */
  readonly what: string;
  readonly mistakes: readonly Mistake[];

  constructor(what: string, mistakes: readonly Mistake[]) {
    super(
      [
        `${what} is not valid:`,
        ...mistakes.map(({ path, expected, found }) => `  ${path}: ${expected}, found ${found}`),
      ].join('\n'),
    );
    this.what = what;
    this.mistakes = mistakes;
  }
}

/**
 * Parses `input` with `schema`, or throws an `InvalidInput` that names every mistake with its path.
 * This is the only door by which outside data comes in.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(
    what,
    result.error.issues.flatMap((issue) => mistakes(issue, input, [])),
  );
}

function mistakes(
  issue: z.core.$ZodIssue,
  input: unknown,
  parentPath: readonly PropertyKey[],
): readonly Mistake[] {
  const path = [...parentPath, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...path, key]),
      expected: 'unknown key',
      found: valueText(valueAt(input, [...path, key])),
    }));
  }
  if (issue.code === 'invalid_union') {
    const closest = closestBranch(issue.errors);
    if (closest !== undefined) return closest.flatMap((inner) => mistakes(inner, input, path));
  }
  return [{ path: pathText(path), expected: expectation(issue), found: valueText(valueAt(input, path)) }];
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

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
