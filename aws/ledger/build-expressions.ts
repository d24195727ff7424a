import type { Item } from './attributes.ts';

type Expressions = Readonly<Record<`${string}Expression`, string | undefined>>;

/**
 * The given expressions, except empty ones, and their placeholders: `#count` always stands for the attribute `count`, and `:max` for
 * `values.max`.
 */
export function buildExpressions<Some extends Partial<Expressions>>(expressions: Some, values: Item = {}) {
  const given = Object.entries(expressions).flatMap(([key, text]) => (text ? [[key, text] as const] : []));
  const names = given.flatMap(([, text]) => text.match(/#\w+/g) ?? []);
  return {
    ...(Object.fromEntries(given) as Some),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: prefixNames(':', values) }),
  };
}

export function prefixNames(prefix: string, values: Item): Item {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}
