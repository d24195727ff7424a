/**
 * One page of a list that only grows at its end. A token is the position of the next page: paging keeps no state and survives
 * additions.
 */
export function nextPage<Value>(
  all: readonly Value[],
  options: {
    readonly size: number;
    readonly token: string | undefined;
    /** Left out: all are kept. */
    readonly keep?: (value: Value) => boolean;
    readonly invalidToken: () => Error;
  },
): { readonly page: Value[]; readonly token: string | undefined } {
  const { size, token, keep, invalidToken } = options;
  const start = token === undefined ? 0 : placeIn(token);
  if (start === undefined || start > all.length) throw invalidToken();
  const page: Value[] = [];
  for (let place = start; place < all.length; place += 1) {
    const value = all[place];
    if (value === undefined || keep?.(value) === false) continue;
    if (page.length === size) return { page, token: tokenFor(place) };
    page.push(value);
  }
  return { page, token: undefined };
}

function tokenFor(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

function placeIn(token: string): number | undefined {
  const place = /^place:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return place === undefined ? undefined : Number(place);
}
