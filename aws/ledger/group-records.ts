import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import {
  type GroupLeash,
  GroupRecord,
  type LastStrike,
  type Refusals,
  type Veto,
} from '#core/model/group-record.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toAttribute, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { type Hold, writeHeldEntry } from './held-groups.ts';
import { type Read, readItem, splitReads } from './read.ts';
import { LedgerError, type LedgerTable, readsAtOnce } from './table.ts';
import type { Transact } from './transactions.ts';
import { update, type Write } from './writes.ts';

/** The record of each group: one item, created by the first change, which never expires. */
export function ledgerGroupRecords(
  table: LedgerTable,
  transact: Transact,
): Pick<Ledger, 'groupRecords' | 'setVeto' | 'setLeash'> {
  const setHold = async (group: string, hold: Hold, held: Veto | GroupLeash | undefined) => {
    const value = held && toAttribute(held);
    for (let tries = 0; tries < maxTries; tries += 1) {
      const item = await table.get(groupRecordKey(group), 'version');
      const refused = await transact([
        updateHold(group, hold, value, bumpVersion(item)),
        writeHeldEntry(group, hold, value),
      ]);
      if (refused === undefined) return;
    }
    throw keepsChangingError(group, table.tableName);
  };
  return {
    groupRecords: async (groups) => {
      const read = await pMap(groups, (group) => readGroupRecord(table, group), { concurrency: readsAtOnce });
      const found = groups.flatMap((group, index) => {
        const record = read[index];
        return record !== undefined && 'value' in record ? [[group, record.value] as const] : [];
      });
      return { found: new Map(found), unreadable: splitReads(read).unreadable };
    },
    setVeto: (group, veto) => setHold(group, 'veto', veto),
    setLeash: (group, leash) => setHold(group, 'leash', leash),
  };
}

/** Something else may change a group's record between our read and our transaction, but hardly ever twice. */
export const maxTries = 10;

export function keepsChangingError(group: string, tableName: string): LedgerError {
  return new LedgerError(`the record of ${group} changes all the time`, tableName, undefined);
}

export async function readGroupRecord(
  { tableName, get }: LedgerTable,
  group: string,
): Promise<Read<GroupRecord>> {
  const item = await get(groupRecordKey(group));
  return parseGroupRecord(item ?? { version: { N: '0' } }, tableName, group);
}

export function parseGroupRecord(item: Item, tableName: string, group: string): Read<GroupRecord> {
  return readItem(GroupRecord, item, { tableName, key: groupRecordKey(group), group });
}

/** Sets or removes the last strike, and sets refusals if given. Refused if the record's version has changed. */
export function updateLastStrike(
  group: string,
  version: number,
  last: LastStrike | undefined,
  refusals?: Refusals,
): Write {
  const sets = join(', ', '#version = :next', last && '#last = :last', refusals && '#refusals = :refusals');
  return update(
    groupRecordKey(group),
    `SET ${sets}${last === undefined ? ' REMOVE #last' : ''}`,
    requiredVersion(version),
    toItem({ version, next: version + 1, last, refusals }),
  );
}

/**
 * Of a group that a strike on another one hits: no decision that was based on this version can be claimed any more. Refused if the version
 * has changed.
 */
export function outdateRecord(group: string, version: number): Write {
  return update(
    groupRecordKey(group),
    'SET #version = :next',
    requiredVersion(version),
    toItem({ version, next: version + 1 }),
  );
}

function requiredVersion(version: number): string {
  return `${version === 0 ? 'attribute_not_exists(#version) OR ' : ''}#version = :version`;
}

/**
 * Leashes a group. An existing leash stays, as a person may have set it, and is listed. Refused if the leash has changed since it was
 * read. An unreadable record, which is returned as `unreadable`, is leashed too.
 */
export async function leashIfNone(
  { tableName, get }: LedgerTable,
  group: string,
  leash: GroupLeash,
): Promise<{ readonly writes: readonly Write[]; readonly unreadable: readonly UnreadableItem[] }> {
  const item = await get(groupRecordKey(group));
  const value = item?.leash ?? toAttribute(leash);
  const condition = item?.leash === undefined ? 'attribute_not_exists(#leash)' : '#leash = :leash';
  return {
    writes: [
      updateHold(group, 'leash', value, bumpVersion(item), condition),
      writeHeldEntry(group, 'leash', value),
    ],
    unreadable: item === undefined ? [] : splitReads([parseGroupRecord(item, tableName, group)]).unreadable,
  };
}

/** Increments the version of a record. A version that is not a number stays: no claim is made on it, so that is safe. */
interface VersionBump {
  readonly set?: string;
  readonly values: Item;
  readonly condition?: string;
}

function bumpVersion(item: Item | undefined): VersionBump {
  const isNumber = item?.version === undefined || item.version.N !== undefined;
  return isNumber
    ? { set: '#version = if_not_exists(#version, :zero) + :one', values: toItem({ zero: 0, one: 1 }) }
    : {
        values: toItem({ number: 'N' }),
        condition: 'attribute_exists(#version) AND NOT attribute_type(#version, :number)',
      };
}

function updateHold(
  group: string,
  hold: Hold,
  value: AttributeValue | undefined,
  { set, values, condition }: VersionBump,
  holdCondition?: string,
): Write {
  const sets = join(', ', set, value && `#${hold} = :${hold}`);
  return update(
    groupRecordKey(group),
    join(' ', sets && `SET ${sets}`, value ? undefined : `REMOVE #${hold}`),
    join(' AND ', condition, holdCondition),
    { ...values, ...(value && { [hold]: value }) },
  );
}

function join(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}

/** Refused if the record's version has changed, or, for an undefined version, if there is a record now. */
export function requireVersion(group: string, version: number | undefined): Write {
  const expressions =
    version === undefined
      ? buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' })
      : buildExpressions({ ConditionExpression: '#version = :version' }, toItem({ version }));
  return { ConditionCheck: { Key: groupRecordKey(group), ...expressions } };
}

export function groupRecordKey(group: string): Item {
  return toItem({ pk: `group#${group}`, sk: 'record' });
}
