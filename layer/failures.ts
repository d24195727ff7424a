import * as z from 'zod';
import { type Parsed, parse, parsedIf } from '#core/util/parse.ts';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import { isMoment } from './moment.ts';
import { areSafePatterns, isSafePattern } from './safe-pattern.ts';

/**
 * What a function's parameter says: failure-lambda 1.0's configuration, with the strike and the moment at which everything in it
 * ends. failure-lambda's own layer obeys the same text, but knows no end. The layer itself reads it with `parseFailures`, as zod
 * would be ten times the layer; a property test holds the two to each other.
 */
const Milliseconds = z.number().min(0).max(900_000);
const Pattern = z
  .string()
  .refine(
    isSafePattern,
    'expected a regular expression that takes few steps: without nested quantifiers, and with ^ in front if it has several',
  );
const tooMany = 'expected fewer regular expressions, or simpler ones';

const Match = z.union([
  z.object({ path: z.string(), operator: z.literal('exists') }),
  z.object({ path: z.string(), operator: z.literal('regex'), value: Pattern }),
  z.object({ path: z.string(), operator: z.enum(['eq', 'startsWith']).optional(), value: z.string() }),
]);

const Matches = z
  .array(Match)
  .refine(
    (all) => areSafePatterns(all.flatMap((one) => (one.operator === 'regex' ? [one.value] : []))),
    tooMany,
  );

/** Rolled, and matched, for each invocation. */
const perInvocation = {
  enabled: z.boolean(),
  percentage: z.int().min(0).max(100).optional(),
  match: Matches.optional(),
};
/** Of the whole execution environment: which invocations it hits cannot be chosen. */
const perEnvironment = { enabled: z.boolean(), percentage: z.literal(100).optional() };

export const Flags = {
  latency: z
    .object({ ...perInvocation, min_latency: Milliseconds.optional(), max_latency: Milliseconds.optional() })
    .refine(
      ({ min_latency = 0, max_latency = min_latency }) => min_latency <= max_latency,
      'expected max_latency to be at least min_latency',
    ),
  timeout: z.object({ ...perInvocation, timeout_buffer_ms: Milliseconds.optional() }),
  diskspace: z.object({ ...perEnvironment, disk_space: z.int().min(1).max(10_240).optional() }),
  denylist: z.object({
    ...perEnvironment,
    deny_list: z.array(Pattern).refine(areSafePatterns, tooMany).optional(),
  }),
  statuscode: z.object({ ...perInvocation, status_code: z.int().min(100).max(599).optional() }),
  exception: z.object({ ...perInvocation, exception_msg: z.string().optional() }),
};

const Flag = z.object(Flags).partial();

export const Failures = Flag.extend({
  strike: z.string().min(1),
  expiresAt: z.string().refine(isMoment, 'expected a moment such as 2026-11-25T10:00:00Z'),
});
export type Failures = Parsed<typeof Failures>;

/** The value of a parameter that injects nothing. */
export const noFailures = '{}';

/** What a parameter of the Standard tier holds. Source: API reference, PutParameter, Value. */
const maxBytes = 4096;

/** The parameter's value. Throws `InvalidInput` for what the layer would not obey, and for more than a parameter holds. */
export function encodeFailures(failures: z.input<typeof Failures>): string {
  const Fitting = Failures.refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= maxBytes,
    `expected at most ${maxBytes} bytes of JSON`,
  );
  return JSON.stringify(parse(Fitting, failures, 'failures'));
}

const Struck = z.object({ strike: z.string() });

/** Whose a parameter's value is: the strike in it, if there is one. Others may have written anything. */
export function strikeIn(value: string): string | undefined {
  return parsedIf(Struck, parseJsonOrText(value))?.strike;
}
