import { isOpen } from '#core/ledger/strike-states.ts';
import { strikeKey } from '#core/model/strike.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Item } from '../attributes.ts';
import { controlKey } from '../control.ts';
import { pointerItem, pointerKey, strikeItemKey } from '../strike-items.ts';
import type { LedgerTable } from '../table.ts';
import { stampItem, stampWrite } from '../version.ts';
import { countOf, findInconsistencies } from './find-inconsistencies.ts';
import { mendGroupRecord } from './mend-group-record.ts';
import { type LedgerProblem, toLedgerKey } from './problem.ts';
import { type ItemKind, type LedgerContents, readContents } from './read-contents.ts';
import { scanItems } from './scan-items.ts';

export interface LedgerCheck {
  /** How many items were read. */
  readonly items: number;
  readonly problems: readonly LedgerProblem[];
  /** Items of kinds that are not known here: a newer version's, or not the ledger's at all. */
  readonly unknown: number;
}

/** Recordings are left out: they are most of a table, no run reads them, and a replay says it by itself. */
const unread = 'recording#';

/** Reads the whole table. Rejects for one that is no ledger, by its keys. Runs go on meanwhile: what a second look does not find again was one at work. */
export async function checkLedger(table: LedgerTable, now: number): Promise<LedgerCheck> {
  const look = async () => {
    const contents = await readContents(scanItems(table, unread), table.tableName);
    const { items, unknown } = contents;
    return { items, problems: findProblems(contents, now), unknown };
  };
  // A scan takes a table of any keys, and finds nothing wrong in a stranger's.
  await table.get(controlKey, 'stop');
  const first = await look();
  if (first.problems.length === 0) return first;
  const seen = new Set(first.problems.map(problemId));
  const second = await look();
  return { ...second, problems: second.problems.filter((one) => seen.has(problemId(one))) };
}

function problemId({ problem, key: { pk, sk }, why }: LedgerProblem): string {
  return [problem, pk, sk, why].join(' ');
}

function findProblems(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  return [
    ...contents.unreadable.map(
      ({ kind, item, raw }): LedgerProblem => ({
        ...{ problem: kind, key: { pk: item.pk, sk: item.sk }, why: item.why },
        ...(item.group !== undefined && { group: item.group }),
        ...suggestMend(kind, item, raw, contents, now),
      }),
    ),
    ...findInconsistencies(contents, now),
  ];
}

function suggestMend(
  kind: ItemKind,
  item: UnreadableItem,
  raw: Item,
  contents: LedgerContents,
  now: number,
): Pick<LedgerProblem, 'mend' | 'lost'> {
  const key = { pk: item.pk, sk: item.sk };
  switch (kind) {
    case 'secret':
      return { mend: [{ remove: 'secret' }] };
    case 'stop':
      return { mend: [] };
    case 'record': {
      const { together, lost } = mendGroupRecord(item.group ?? '', raw, contents, now);
      return { mend: [{ together: together.map(stampWrite) }], lost };
    }
    case 'strike': {
      const place = contents.pointers.find(
        (one) => strikeItemKey(one).sk?.S === key.sk && one.group === item.group,
      );
      return {
        mend: [...(place === undefined ? [] : [{ delete: toLedgerKey(pointerKey(place)) }]), { delete: key }],
      };
    }
    case 'counter':
      return { mend: [{ count: countOf(raw, contents), seen: raw.count }] };
    case 'pointer': {
      const strike = contents.strikes.find((one) => isOpen(one) && strikeKey(one) === key.sk);
      return { mend: [strike === undefined ? { delete: key } : { put: stampItem(pointerItem(strike)) }] };
    }
    case 'run':
    case 'held':
      return { mend: [{ delete: key }] };
  }
}
