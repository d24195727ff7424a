import * as z from 'zod';
import { isOpen, locksOf } from '#core/ledger/strike-states.ts';
import { strikeKey } from '#core/model/strike.ts';
import { toItem, toRecord } from '../attributes.ts';
import { controlKey } from '../control.ts';
import { stampItem } from '../schema-version.ts';
import { pointerItem, pointerKey, strikeItemKey } from '../strike-items.ts';
import type { LedgerTable } from '../table.ts';
import { lockKey, lockPrefix, removeLock, undoKey } from '../undo-items.ts';
import { toTransactItem } from '../writes.ts';
import { countStrikes, findInconsistencies } from './find-inconsistencies.ts';
import { mendGroupRecord } from './mend-group-record.ts';
import { type LedgerProblem, toLedgerKey } from './problem.ts';
import { type LedgerContents, readContents } from './read-contents.ts';
import { scanItems } from './scan-items.ts';

export interface LedgerCheck extends Pick<LedgerContents, 'items' | 'unknown'> {
  readonly problems: readonly LedgerProblem[];
}

/** Recordings are skipped: they are most of a table, no run reads them, and a replay reports a damaged one. */
const skippedPartitions = 'recording#';

/**
 * Reads the whole table. Rejects if its keys are not those of a ledger. Runs continue meanwhile: a problem that a second scan does not
 * find again was a run at work.
 */
export async function checkLedger(table: LedgerTable, now: number): Promise<LedgerCheck> {
  const check = async () => {
    const contents = await readContents(scanItems(table, skippedPartitions), table.tableName);
    return { items: contents.items, problems: findProblems(contents, now), unknown: contents.unknown };
  };
  // A scan accepts a table with any keys, and would find nothing wrong in it.
  await table.get(controlKey, 'stop');
  const first = await check();
  if (first.problems.length === 0) return first;
  const seen = new Set(first.problems.map(problemId));
  const second = await check();
  return { ...second, problems: second.problems.filter((one) => seen.has(problemId(one))) };
}

function problemId({ problem, key: { pk, sk }, why }: LedgerProblem): string {
  return [problem, pk, sk, why].join(' ');
}

function findProblems(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  return [
    ...contents.unreadable.map(
      (one): LedgerProblem => ({
        ...{ problem: one.kind, key: { pk: one.item.pk, sk: one.item.sk }, why: one.item.why },
        ...(one.item.group !== undefined && { group: one.item.group }),
        ...suggestMend(one, contents, now),
      }),
    ),
    ...findInconsistencies(contents, now),
  ];
}

const ByHand = z.array(z.string());

function suggestMend(
  { kind, item, raw }: LedgerContents['unreadable'][number],
  contents: LedgerContents,
  now: number,
): Pick<LedgerProblem, 'mend' | 'lost' | 'byHand'> {
  const key = { pk: item.pk, sk: item.sk };
  switch (kind) {
    case 'secret':
      return { mend: [{ remove: 'secret' }] };
    case 'stop':
      return { mend: [] };
    case 'record': {
      const { writes, lost } = mendGroupRecord(item.group ?? '', raw, contents, now);
      const together = writes.map((write) => toTransactItem(write, contents.tableName));
      return { mend: [{ together }], lost };
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
      return { mend: [{ count: countStrikes(raw, contents), seen: raw.count }] };
    case 'pointer': {
      const strike = contents.strikes.find((one) => isOpen(one) && strikeKey(one) === key.sk);
      return { mend: [strike === undefined ? { delete: key } : { put: stampItem(pointerItem(strike)) }] };
    }
    case 'undo': {
      const held = contents.locks.filter(({ strike }) => strike === key.sk);
      const writes = [...held.map(removeLock), { Delete: { Key: undoKey(key.sk) } }];
      const byHand = ByHand.safeParse(toRecord(raw).byHand).data ?? [];
      const together = writes.map((write) => toTransactItem(write, contents.tableName));
      return { mend: [{ together }], byHand };
    }
    case 'lock': {
      const lock = contents.undos.flatMap(locksOf).find(({ arn }) => key.pk === `${lockPrefix}${arn}`);
      return {
        mend: [
          lock === undefined
            ? { delete: key }
            : { put: stampItem({ ...lockKey(lock.arn), ...toItem(lock) }) },
        ],
      };
    }
    case 'run':
    case 'ended':
    case 'held':
    case 'experiment':
      return { mend: [{ delete: key }] };
  }
}
