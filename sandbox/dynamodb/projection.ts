import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ExpressionReader } from './expression-reader.ts';
import type { Path } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import type { Item } from './table.ts';

/** Cuts an item down to what a ProjectionExpression names; without one, it stays whole. */
export function readProjection(text: string | undefined, placeholders: Placeholders): (item: Item) => Item {
  if (text === undefined) return (item) => item;
  const reader = new ExpressionReader(text, 'ProjectionExpression', placeholders);
  const paths: Path[] = [];
  do paths.push(reader.path());
  while (reader.take(','));
  reader.end();
  return (item) => cut({ M: item }, paths)?.M ?? {};
}

/** Undefined when none of the paths leads anywhere. */
function cut(value: AttributeValue, paths: readonly Path[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  const behind = (step: string | number) =>
    paths.flatMap(([first, ...rest]) => (first === step ? [rest] : []));
  const steps = [...new Set(paths.flatMap(([step]) => (step === undefined ? [] : [step])))];
  if (value.M !== undefined) {
    const { M } = value;
    const kept = steps.flatMap((step) => {
      const inner = typeof step === 'string' ? M[step] : undefined;
      const part = inner === undefined ? undefined : cut(inner, behind(step));
      return part === undefined ? [] : [[step, part] as const];
    });
    return kept.length === 0 ? undefined : { M: Object.fromEntries(kept) };
  }
  const kept = (value.L ?? []).flatMap((element, index) => {
    const part = steps.includes(index) ? cut(element, behind(index)) : undefined;
    return part === undefined ? [] : [part];
  });
  return kept.length === 0 ? undefined : { L: kept };
}
