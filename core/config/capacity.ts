import * as z from 'zod';

export const expectedCapacity = 'expected a number such as 2, or a share such as "50%"';

/** A number of targets, 1 or more; or a share of the desired capacity in percent, above 0. */
export const Capacity = z.union(
  [
    z.int(expectedCapacity).min(1, expectedCapacity),
    z.string(expectedCapacity).regex(/^(?!0+(\.0+)?%$)(100(\.0+)?|\d{1,2}(\.\d+)?)%$/, expectedCapacity),
  ],
  expectedCapacity,
);
export type Capacity = z.infer<typeof Capacity>;

/** What a tag's text says; undefined if it is not a capacity. */
export function capacityIn(text: string): Capacity | undefined {
  const trimmed = text.trim();
  return Capacity.safeParse(/^\d+$/.test(trimmed) ? Number(trimmed) : trimmed).data;
}
