import type { PolicyDocument } from '#core/permissions/policy-document.ts';

/** What STS takes as an inline session policy, in characters. */
const maxPolicyLength = 2_048;

/** As few chunks as have a policy that STS takes, in their order. */
export function chunksThatFit<Item>(
  items: readonly Item[],
  policyFor: (some: readonly Item[]) => PolicyDocument,
): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  for (const item of items) {
    const last = chunks.at(-1);
    const fits = last !== undefined && JSON.stringify(policyFor([...last, item])).length <= maxPolicyLength;
    if (fits) last.push(item);
    else chunks.push([item]);
  }
  return chunks;
}

export function isPolicyTooLarge(error: unknown): boolean {
  return error instanceof Error && error.name === 'PackedPolicyTooLargeException';
}
