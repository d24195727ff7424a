import type { JSONValue } from 'json-p3';
import * as z from 'zod';
import { jsonPath } from './json-path.ts';
import { isQuickPattern } from './quick-pattern.ts';
import { timeLimited } from './time-limited.ts';

/** By the clock on the wall, and a small function gets little of its time. */
const defaultMostMs = 1_000;

const aPattern = 'expected a regular expression of up to 512 characters';
const aQuickPattern =
  'expected a regular expression that is quick on any body: no + or * within a repetition, look-around or back-references, and few of + and *';
const Pattern = z
  .string(aPattern)
  .min(1, aPattern)
  .max(512, aPattern)
  .refine((text) => works(() => new RegExp(text)), { error: aPattern, abort: true })
  .refine(isQuickPattern, aQuickPattern);

const aPath = 'expected a JSONPath of RFC 9535 without match() and search(), such as "$.images.length"';
const Path = z
  .string(aPath)
  .max(1_000, aPath)
  .refine((text) => works(() => jsonPath(text)), aPath);

const Bounds = z
  .strictObject({
    min: z.number('expected a number').optional().describe('The least that it may be.'),
    max: z.number('expected a number').optional().describe('The most that it may be.'),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'expected min, max or both');

const Wanted = z.union(
  [z.string(), z.number(), z.boolean(), z.null(), Bounds],
  'expected a text, a number, true, false, null, or { min: ..., max: ... }',
);

/** What a body has to hold, as keys of `expect`. */
export const bodyExpectations = {
  body: z
    .strictObject({ matches: Pattern.describe('A regular expression that matches somewhere in it.') })
    .optional()
    .describe('What the body must be like.'),
  jsonPath: z
    .record(Path, Wanted, aPath)
    .optional()
    .describe('By JSONPath, what each value that it selects must be; it must select one.'),
};

const Expectations = z.strictObject(bodyExpectations);
type BodyExpectations = z.infer<typeof Expectations>;

/**
 * Says what is wrong with a body, in a few words without any of its text; undefined if nothing is. Throws `TooLong`, and from then on at
 * once: each try would stop all of this process for as long.
 */
export type BodyCheck = (text: string) => string | undefined;

/** Undefined where nothing is expected. */
export function bodyCheck(
  { body, jsonPath: wanted }: BodyExpectations,
  mostMs = defaultMostMs,
): BodyCheck | undefined {
  if (body === undefined && wanted === undefined) return undefined;
  const pattern = body && new RegExp(body.matches);
  const paths = Object.entries(wanted ?? {}).map(([text, value]) => ({ path: jsonPath(text), value }));
  const check: BodyCheck = (text) => {
    if (pattern !== undefined && !pattern.test(text)) return 'the body does not match';
    if (paths.length === 0) return undefined;
    const json = parsedJson(text);
    if (json === undefined) return 'the body is no JSON';
    for (const { path, value } of paths) {
      const mistake = mistakeIn(path.select(json), value);
      if (mistake !== undefined) return `${path.text} ${mistake}`;
    }
    return undefined;
  };
  const isCheap = pattern === undefined && paths.every(({ path }) => path.isSingular);
  return isCheap ? check : timeLimited(mostMs, check);
}

function mistakeIn(selected: readonly JSONValue[], wanted: z.infer<typeof Wanted>): string | undefined {
  if (selected.length === 0) return 'is not there';
  const wrong = selected.find((value) => !isWanted(value, wanted));
  return wrong === undefined ? undefined : `is ${shown(wrong)}`;
}

function isWanted(value: JSONValue, wanted: z.infer<typeof Wanted>): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = wanted;
  return typeof value === 'number' && value >= min && value <= max;
}

/** A text may be anything, also a secret. */
function shown(value: JSONValue): string {
  if (typeof value === 'string') return 'another text';
  return typeof value === 'object' && value !== null ? 'no plain value' : String(value);
}

function parsedJson(text: string): JSONValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function works(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
