import type { Failures } from './failures.ts';
import { isMoment } from './moment.ts';
import { areSafePatterns } from './safe-pattern.ts';

type FlagName = Exclude<keyof Failures, 'strike' | 'expiresAt'>;
type Flag<Name extends FlagName> = NonNullable<Failures[Name]>;
type Match = NonNullable<Flag<'latency'>['match']>[number];
type Raw = Readonly<Record<string, unknown>>;

/**
 * What a parameter's value injects, by `failures.ts`'s schema without zod. Undefined if it is no such text, or has no strike or no
 * end. A flag that is not understood is left out, as failure-lambda does: it injects nothing.
 */
export function parseFailures(text: string): Failures | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(raw)) return undefined;
  const { strike, expiresAt } = raw;
  if (typeof strike !== 'string' || strike === '' || typeof expiresAt !== 'string' || !isMoment(expiresAt)) {
    return undefined;
  }
  const flags = Object.entries(readers).flatMap(([name, read]) => {
    const flag = Object.hasOwn(raw, name) ? raw[name] : undefined;
    try {
      return flag === undefined ? [] : [[name, read(asObject(flag))]];
    } catch {
      return [];
    }
  });
  return { strike, expiresAt, ...Object.fromEntries(flags) };
}

const readers: { readonly [Name in FlagName]: (raw: Raw) => Flag<Name> } = {
  latency: (raw) => {
    const flag = { ...perInvocation(raw), ...ms(raw, 'min_latency'), ...ms(raw, 'max_latency') };
    const { min_latency = 0, max_latency = min_latency } = flag;
    return must(flag, min_latency <= max_latency);
  },
  timeout: (raw) => ({ ...perInvocation(raw), ...ms(raw, 'timeout_buffer_ms') }),
  diskspace: (raw) => ({ ...perEnvironment(raw), ...optional(raw, 'disk_space', whole(1, 10_240)) }),
  denylist: (raw) => ({ ...perEnvironment(raw), ...optional(raw, 'deny_list', patterns) }),
  statuscode: (raw) => ({ ...perInvocation(raw), ...optional(raw, 'status_code', whole(100, 599)) }),
  exception: (raw) => ({ ...perInvocation(raw), ...optional(raw, 'exception_msg', string) }),
};

function perInvocation(raw: Raw) {
  return {
    enabled: boolean(raw.enabled),
    ...optional(raw, 'percentage', whole(0, 100)),
    ...optional(raw, 'match', matches),
  };
}

function perEnvironment(raw: Raw) {
  const always = (value: unknown) => must(100 as const, value === 100);
  return { enabled: boolean(raw.enabled), ...optional(raw, 'percentage', always) };
}

function matches(value: unknown): readonly Match[] {
  const all = listOf(match)(value);
  return must(all, areSafePatterns(all.flatMap((one) => (one.operator === 'regex' ? [one.value] : []))));
}

function match(value: unknown): Match {
  const raw = asObject(value);
  const path = string(raw.path);
  switch (raw.operator) {
    case 'exists':
      return { path, operator: 'exists' };
    case 'regex':
      return { path, operator: 'regex', value: string(raw.value) };
    case 'eq':
    case 'startsWith':
      return { path, operator: raw.operator, value: string(raw.value) };
    default:
      return must({ path, value: string(raw.value) }, raw.operator === undefined);
  }
}

/** The member under its name; nothing if it is absent. Throws if it is there and `read` does not understand it. */
function optional<Name extends string, Value>(raw: Raw, name: Name, read: (value: unknown) => Value) {
  return (raw[name] === undefined ? {} : { [name]: read(raw[name]) }) as { readonly [Key in Name]?: Value };
}

function ms<Name extends string>(raw: Raw, name: Name) {
  return optional(raw, name, (value) => between(value, 0, 900_000));
}

function whole(min: number, max: number) {
  return (value: unknown) => must(between(value, min, max), Number.isInteger(value));
}

function between(value: unknown, min: number, max: number): number {
  return must(Number(value), typeof value === 'number' && value >= min && value <= max);
}

function listOf<Value>(read: (value: unknown) => Value) {
  return (value: unknown): readonly Value[] => must(value as unknown[], Array.isArray(value)).map(read);
}

function patterns(value: unknown): readonly string[] {
  const all = listOf(string)(value);
  return must(all, areSafePatterns(all));
}

function string(value: unknown): string {
  return must(String(value), typeof value === 'string');
}

function boolean(value: unknown): boolean {
  return must(value === true, typeof value === 'boolean');
}

function asObject(value: unknown): Raw {
  return must(value as Raw, isObject(value));
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every reader's way to refuse: `parseFailures` leaves the flag out. */
function must<Value>(value: Value, holds: boolean): Value {
  if (!holds) throw new TypeError('not understood');
  return value;
}
