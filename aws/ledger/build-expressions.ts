import type { Item } from './attributes.ts';

type Expressions = Readonly<Record<`${string}Expression`, string | undefined>>;

/**
 * Expressions, without those that are empty, and what their placeholders stand for: `#count` for the attribute `count`, always, and
 * `:max` for `values.max`.
 */
export function buildExpressions<Some extends Partial<Expressions>>(expressions: Some, values: Item = {}) {
  const given = Object.entries(expressions).flatMap(([key, text]) => (text ? [[key, text] as const] : []));
  const names = given.flatMap(([, text]) => text.match(/#\w+/g) ?? []);
  const valued = Object.entries(values).map(([name, value]) => [`:${name}`, value] as const);
  return {
    ...(Object.fromEntries(given) as Some),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    ...(valued.length > 0 && { ExpressionAttributeValues: Object.fromEntries(valued) }),
  };
}
