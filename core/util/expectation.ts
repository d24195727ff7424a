import type * as z from 'zod';
import { counted } from './format.ts';

/** What an issue says was expected. Most of our schemas word that themselves; of the rest, zod's own words are for programmers. */
export function expectation(issue: z.core.$ZodIssue, schema: z.core.$ZodType): string {
  const { message } = issue;
  if (!/^(Too (small|big)|Invalid )/.test(message)) return message;
  const isOfNumber = issue.code === 'invalid_type' || ('origin' in issue && issue.origin === 'number');
  return (isOfNumber ? numberAt(schema, issue.path) : undefined) ?? inWords(issue);
}

const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function size(origin: string, limit: number | bigint): string {
  const unit = units[origin];
  return unit === undefined ? `${limit}` : counted(Number(limit), unit);
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${size(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${size(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    default:
      return issue.message
        .replace(/^Invalid input: (expected [^,]+), received .*$/, '$1')
        .replace(/^Invalid \w+: must /, 'expected it to ');
  }
}

/** `expected an integer from 0 to 1000, or null`; undefined where the schema has no number. */
function numberAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
      return numberAt(def.innerType, path);
    case 'nullable': {
      const text = numberAt(def.innerType, path);
      return text === undefined || path.length > 0 ? text : `${text}, or null`;
    }
    case 'object': {
      const member = typeof key === 'string' && Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
      return member && numberAt(member, rest);
    }
    case 'array':
      return key === undefined ? undefined : numberAt(def.element, rest);
    case 'pipe':
      return numberAt(def.in, path);
    case 'number':
      return key === undefined ? numberText(def) : undefined;
    default:
      return undefined;
  }
}

function numberText(def: z.core.$ZodNumberDef): string {
  const checks = (def.checks ?? []).map((check) => check._zod.def as z.core.$ZodCheckLessThanDef);
  const limit = (kind: string) => checks.find(({ check }) => check === kind)?.value;
  const [least, most] = [limit('greater_than'), limit('less_than')];
  const range =
    least !== undefined && most !== undefined
      ? ` from ${least} to ${most}`
      : least !== undefined
        ? `, at least ${least}`
        : most === undefined
          ? ''
          : `, at most ${most}`;
  return `expected ${'format' in def ? 'an integer' : 'a number'}${range}`;
}
