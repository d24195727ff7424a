import { isDeepStrictEqual } from 'node:util';

/** Whether two values are the same as JSON, whatever the order of keys; a list of one counts as its only element, as in IAM policies. */
export function isSamePolicyJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(unlisted(a), unlisted(b));
}

function unlisted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 1 ? unlisted(value[0]) : value.map(unlisted).sort(byText);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unlisted(member)]));
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
