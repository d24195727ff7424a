import { groupText } from '../model/describe.ts';
import type { Failure } from '../model/failure.ts';
import { grouped, maxText, oneLine, tally } from '../util/format.ts';
import type { Section } from './section.ts';

/** Failures under a title that is followed by how many there are: `count`, of which the list may have been cut. */
export function failureSection(
  title: string,
  { failures, count }: { readonly failures: readonly Failure[]; readonly count: number },
  limit: number,
): Section {
  const shown = failures.length <= limit ? failures : firstOfEachKind(failures).slice(0, limit);
  const kinds = new Map<string, number>();
  for (const failure of failures) kinds.set(kindOf(failure), (kinds.get(kindOf(failure)) ?? 0) + 1);
  const rest = count - shown.length;
  // Where the list itself was cut, the kinds of all cannot be told.
  const all = failures.length === count ? `; in all: ${tally(kinds)}` : '';
  return {
    title: `${title}: ${grouped(count)}`,
    entries: shown.map((failure) => ({
      what: oneLine(`${kindOf(failure)}: ${failure.message}`, maxText),
      where: place(failure),
    })),
    more: rest > 0 ? oneLine(`and ${grouped(rest)} more${all}`, maxText) : undefined,
  };
}

/** A thousand accounts that fail alike must not hide the one that fails otherwise: three of each kind, each kind's first before any second. */
function firstOfEachKind(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Map<string, number>();
  const rounds: Failure[][] = [[], [], []];
  for (const failure of failures) {
    const round = seen.get(kindOf(failure)) ?? 0;
    seen.set(kindOf(failure), round + 1);
    rounds[round]?.push(failure);
  }
  return rounds.flat();
}

function kindOf({ stage, code }: Failure): string {
  return `${stage}: ${code}`;
}

function place({ account, region, group }: Failure): string | undefined {
  const parts = [
    ...(group === undefined ? [] : [groupText(group)]),
    ...(account === undefined ? [] : [`account ${account}`]),
    ...(region === undefined ? [] : [region]),
  ];
  return parts.length === 0 ? undefined : oneLine(parts.join(', '), maxText);
}
