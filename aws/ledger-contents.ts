import type { HeldParts } from '#core/held.ts';
import type { Budget, Standing, StrikeEntry } from '#core/ports.ts';
import type { UnreadableItem } from '#core/unreadable.ts';
import type { Item } from './ledger-attributes.ts';
import { budgetOfKey, countFrom } from './ledger-budgets.ts';
import { controlIn, secretMistakeIn } from './ledger-control.ts';
import { heldFrom } from './ledger-held.ts';
import type { Read } from './ledger-read.ts';
import { reportFrom } from './ledger-runs.ts';
import { standingFrom } from './ledger-standings.ts';
import { placeFrom, type StrikePlace, strikeFrom } from './ledger-strike-items.ts';

export type ItemKind = 'secret' | 'stop' | 'standing' | 'strike' | 'pointer' | 'counter' | 'run' | 'held';

/** All that a table holds, sorted by what it is. */
export interface LedgerContents {
  readonly unreadable: readonly {
    readonly kind: ItemKind;
    readonly item: UnreadableItem;
    readonly raw: Item;
  }[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly strikes: readonly StrikeEntry[];
  readonly pointers: readonly StrikePlace[];
  readonly counters: readonly { readonly budget: Budget; readonly count: number }[];
  readonly held: readonly HeldParts[];
  /** Items of kinds that are not known here: a newer version's, or not the ledger's at all. */
  readonly unknown: number;
}

/** Reads items as the ledger does. What runs never look at, such as what was told, is passed over. */
export function contentsOf(items: readonly Item[], tableName: string): LedgerContents {
  const unreadable: { kind: ItemKind; item: UnreadableItem; raw: Item }[] = [];
  const standings = new Map<string, Standing>();
  const strikes: StrikeEntry[] = [];
  const pointers: StrikePlace[] = [];
  const counters: { budget: Budget; count: number }[] = [];
  const held: HeldParts[] = [];
  let unknown = 0;
  for (const item of items) {
    const take = <Value>(kind: ItemKind, read: Read<Value>, keep: (value: Value) => void) => {
      if ('value' in read) keep(read.value);
      else unreadable.push({ kind, item: read.unreadable, raw: item });
    };
    const [pk, sk] = [item.pk?.S ?? '', item.sk?.S ?? ''];
    const group = after('group#', pk);
    const slot = after('strike#', sk);
    const budget = budgetOfKey(item);
    if (pk === 'control' && sk === 'control') {
      const secret = secretMistakeIn(item, tableName);
      // Before the first run there is none.
      if (secret !== undefined && item.secret !== undefined) {
        unreadable.push({ kind: 'secret', item: secret, raw: item });
      }
      for (const stop of controlIn(item, tableName).unreadable) {
        unreadable.push({ kind: 'stop', item: stop, raw: item });
      }
    } else if (group !== undefined && sk === 'standing') {
      take('standing', standingFrom(item, tableName, group), (value) => standings.set(group, value));
    } else if (group !== undefined && slot !== undefined) {
      take('strike', strikeFrom(item, tableName, { group, slot }), (value) => strikes.push(value));
    } else if (pk === 'open') {
      take('pointer', placeFrom(item, tableName), (value) => pointers.push(value));
    } else if (budget !== undefined) {
      const key = { pk: { S: pk }, sk: { S: sk } };
      take('counter', countFrom(item, { tableName, key }), (count) => counters.push({ budget, count }));
    } else if (pk === 'runs') {
      take('run', reportFrom(item, tableName), () => {});
    } else if (pk === 'held') {
      take('held', heldFrom(item, tableName), (value) => held.push(value));
    } else if (after('told#', pk) === undefined) {
      unknown += 1;
    }
  }
  return { unreadable, standings, strikes, pointers, counters, held, unknown };
}

function after(prefix: string, text: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
