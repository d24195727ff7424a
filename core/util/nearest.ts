/** The shortest part of a name that says something by itself: `account` in `target_accounts`. */
const minPart = 4;

/**
 * Of these names, the one that somebody who wrote `name` most likely meant: the same but for case and separators; else the
 * fewest slips of the pen away, a third of its letters at most; else one that is a part of the other. Undefined: none is near.
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

/** Digits mean nothing by themselves: of an account's id one that is three of twelve away is another account. */
function slipsAllowed(letters: string): number {
  return /^\d+$/.test(letters) ? 1 : Math.min(3, Math.max(1, Math.floor(letters.length / 3)));
}

/** What follows a complaint: `; did you mean dryRun?`, or nothing. */
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
 * Letters added, left out, changed, or swapped with their neighbor: optimal string alignment. Undefined where they are more than
 * `most`. Only what is so near to the diagonal is filled in: names have hundreds of letters, and there are ten thousand of them.
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
