/** The shortest part of a name that says something by itself: `account` in `target_accounts`. */
const minPart = 4;

/**
 * Of these names, the one that somebody who wrote `name` most likely meant: the same but for case and separators; else the
 * fewest slips of the pen away, a third of its letters at most; else one that is a part of the other. Undefined: none is near.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const wanted = plain(name);
  const allowed = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const candidate of names) {
    const letters = plain(candidate);
    const slips =
      Math.abs(letters.length - wanted.length) > allowed ? allowed + 1 : distance(wanted, letters);
    const worth = slips <= allowed ? slips : isPart(wanted, letters) ? allowed + 1 : undefined;
    if (worth !== undefined && worth < (best?.slips ?? Number.POSITIVE_INFINITY)) {
      best = { name: candidate, slips: worth };
    }
  }
  return best?.name;
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

/** Letters added, left out, changed, or swapped with their neighbour: optimal string alignment. */
function distance(a: string, b: string): number {
  let [before, previous] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      const isSwapped = changed === 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + changed,
        isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
