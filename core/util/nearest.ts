/** The length of the shortest meaningful part of a name, such as `account` in `target_accounts`. */
const minPart = 4;

/**
 * The name that was most likely meant by `name`: one that differs only in case and separators; else the one with the fewest
 * typos, up to a third of its letters; else one that contains the other. Undefined if none is near.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const wanted = plain(name);
  const allowed = slipsAllowed(wanted);
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const candidate of names) {
    const letters = plain(candidate);
    const slips = distance(wanted, letters, Math.min(allowed, (best?.slips ?? Number.POSITIVE_INFINITY) - 1));
    const worth = slips ?? (isPart(wanted, letters) ? allowed + 1 : undefined);
    if (worth !== undefined && worth < (best?.slips ?? Number.POSITIVE_INFINITY)) {
      best = { name: candidate, slips: worth };
    }
  }
  return best?.name;
}

/** Digits are not matched loosely: an account id that differs in three of twelve digits is a different account. */
function slipsAllowed(letters: string): number {
  return /^\d+$/.test(letters) ? 1 : Math.min(3, Math.max(1, Math.floor(letters.length / 3)));
}

/** A suffix for an error message: `; did you mean dryRun?`, or an empty string. */
export function orNearest(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ .]/g, '');
}

function isPart(a: string, b: string): boolean {
  const [short, long] = (a.length < b.length ? [a, b] : [b, a]).map((text) => text.replace(/s$/, ''));
  return short !== undefined && short.length >= minPart && long?.includes(short) === true;
}

/**
 * The number of letters that were added, omitted, changed or swapped with a neighbor: optimal string alignment. Undefined if it
 * exceeds `most`. Only cells near the diagonal are computed, as there may be ten thousand names with hundreds of letters.
 */
function distance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const first = Math.max(1, row - most);
    const last = Math.min(b.length, row + most);
    const current: number[] = [];
    current[first - 1] = first === 1 ? row : most + 1;
    let fewest = current[first - 1] ?? 0;
    for (let column = first; column <= last; column += 1) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      const isSwapped = changed === 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const slips = Math.min(
        (previous[column] ?? most) + 1,
        (current[column - 1] ?? most) + 1,
        (previous[column - 1] ?? most) + changed,
        isSwapped ? (before[column - 2] ?? most) + 1 : most + 1,
      );
      current[column] = slips;
      fewest = Math.min(fewest, slips);
    }
    if (fewest > most) return undefined;
    [before, previous] = [previous, current];
  }
  const slips = previous[b.length] ?? most + 1;
  return slips <= most ? slips : undefined;
}
