import type { Budget } from '#core/model/budget.ts';
import type { GroupRecord } from '#core/model/group-record.ts';
import type { HeldParts } from '#core/model/held-groups.ts';
import type { Lock, StrikeEntry } from '#core/model/strike.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Item } from '../attributes.ts';
import { parseCounter, parseCounterKey } from '../budgets.ts';
import { checkSecret, parseControlWithoutSecret } from '../control.ts';
import {
  experimentsPartition,
  lastStartPartition,
  parseExperiment,
  runningPartition,
} from '../experiment-items.ts';
import { parseGroupRecord } from '../group-records.ts';
import { parseHeldEntry } from '../held-groups.ts';
import type { Read } from '../read.ts';
import { parseReport } from '../runs.ts';
import { findMisplacedPointer, parsePointer, parseStrike, type StrikePlace } from '../strike-items.ts';
import {
  endedPartition,
  lockPrefix,
  parseEnded,
  parseLock,
  parseUndo,
  undoPartition,
} from '../undo-items.ts';

export type ItemKind =
  | 'secret'
  | 'stop'
  | 'record'
  | 'strike'
  | 'pointer'
  | 'counter'
  | 'run'
  | 'held'
  | 'undo'
  | 'ended'
  | 'lock'
  | 'experiment';

/** A strike without its long parts, which nothing is checked against: there may be hundreds of thousands. */
export type StrikeTrace = Omit<StrikeEntry, 'target' | 'fault' | 'detail'>;

/** The contents of a table by kind, without reports, which may be gigabytes. */
export interface LedgerContents {
  readonly tableName: string;
  /** The number of items read. */
  readonly items: number;
  readonly unreadable: readonly {
    readonly kind: ItemKind;
    readonly item: UnreadableItem;
    /** Only of records, counters and undo entries, whose repair needs it; otherwise empty. */
    readonly raw: Item;
  }[];
  readonly groupRecords: ReadonlyMap<string, GroupRecord>;
  readonly strikes: readonly StrikeTrace[];
  readonly pointers: readonly StrikePlace[];
  readonly counters: readonly { readonly budget: Budget; readonly count: number }[];
  readonly held: readonly HeldParts[];
  /** The open ones. */
  readonly undos: readonly Pick<UndoEntry, 'id' | 'locks' | 'group' | 'runId'>[];
  /** Those that were closed, and when. */
  readonly ended: readonly { readonly id: string; readonly at: string }[];
  readonly locks: readonly Lock[];
  readonly experiments: readonly { readonly id: string; readonly isOver: boolean }[];
  /** The ids in the list of those that are not over. */
  readonly running: readonly string[];
  /** The number of items of unknown kinds: from a newer version, or not from the ledger at all. */
  readonly unknown: number;
}

/** Parses items as the ledger does. Ignores announcements and the last start, whatever they hold. */
export async function readContents(
  pages: AsyncIterable<readonly Item[]>,
  tableName: string,
): Promise<LedgerContents> {
  const unreadable: { kind: ItemKind; item: UnreadableItem; raw: Item }[] = [];
  const groupRecords = new Map<string, GroupRecord>();
  const strikes: StrikeTrace[] = [];
  const pointers: StrikePlace[] = [];
  const counters: { budget: Budget; count: number }[] = [];
  const held: HeldParts[] = [];
  const undos: UndoEntry[] = [];
  const ended: { id: string; at: string }[] = [];
  const locks: Lock[] = [];
  const experiments: { id: string; isOver: boolean }[] = [];
  const running: string[] = [];
  let [items, unknown] = [0, 0];

  const classify = (raw: Item) => {
    const refuse = (kind: ItemKind, item: UnreadableItem) => {
      unreadable.push({ kind, item, raw: needRaw.includes(kind) ? raw : {} });
    };
    const take = <Value>(kind: ItemKind, read: Read<Value>, keep: (value: Value) => void) => {
      if ('value' in read) keep(read.value);
      else refuse(kind, read.unreadable);
    };
    const [pk, sk] = [raw.pk?.S ?? '', raw.sk?.S ?? ''];
    const group = stripPrefix('group#', pk);
    const slot = stripPrefix('strike#', sk);
    const arn = stripPrefix(lockPrefix, pk);
    const budget = parseCounterKey(raw);
    if (pk === 'control' && sk === 'control') {
      const secret = checkSecret(raw, tableName);
      if (secret !== undefined) refuse('secret', secret);
      for (const stop of parseControlWithoutSecret(raw, tableName).unreadable) refuse('stop', stop);
    } else if (group !== undefined && sk === 'record') {
      take('record', parseGroupRecord(raw, tableName, group), (value) => groupRecords.set(group, value));
    } else if (group !== undefined && slot !== undefined) {
      take('strike', parseStrike(raw, tableName, { group, slot }), (value) => strikes.push(toTrace(value)));
    } else if (pk === 'open') {
      take('pointer', parsePointer(raw, tableName), (place) => {
        pointers.push(place);
        const misplaced = findMisplacedPointer(raw, tableName, place);
        if (misplaced !== undefined) refuse('pointer', misplaced);
      });
    } else if (budget !== undefined) {
      const key = { pk: { S: pk }, sk: { S: sk } };
      take('counter', parseCounter(raw, { tableName, key }), (count) => counters.push({ budget, count }));
    } else if (pk === 'runs') {
      take('run', parseReport(raw, tableName), () => {});
    } else if (pk === 'held') {
      take('held', parseHeldEntry(raw, tableName), (value) => held.push(value));
    } else if (pk === undoPartition) {
      take('undo', parseUndo(raw, tableName), (entry) => undos.push(entry));
    } else if (pk === endedPartition) {
      take('ended', parseEnded(raw, tableName), ({ entry: { id }, endedAt: at }) => ended.push({ id, at }));
    } else if (arn !== undefined && sk === 'lock') {
      take('lock', parseLock(raw, tableName, arn), (lock) => locks.push(lock));
    } else if (pk === experimentsPartition) {
      take('experiment', parseExperiment(raw, tableName, sk), ({ id, ended }) =>
        experiments.push({ id, isOver: ended !== undefined }),
      );
    } else if (pk === runningPartition) {
      running.push(sk);
    } else if (pk !== lastStartPartition && stripPrefix('announced#', pk) === undefined) {
      unknown += 1;
    }
  };
  for await (const page of pages) {
    items += page.length;
    for (const raw of page) classify(raw);
  }
  return {
    ...{ tableName, items, unreadable, groupRecords, strikes, pointers, counters, held, undos, ended, locks },
    ...{ experiments, running, unknown },
  };
}

const needRaw: readonly ItemKind[] = ['record', 'counter', 'undo'];

function toTrace({ target: _target, fault: _fault, detail: _detail, ...trace }: StrikeEntry): StrikeTrace {
  return trace;
}

function stripPrefix(prefix: string, text: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
