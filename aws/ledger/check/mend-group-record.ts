import * as z from 'zod';
import { lastStrike } from '#core/ledger/strike-states.ts';
import { GroupLeash, LastStrike, Refusals, Veto } from '#core/model/group-record.ts';
import { type Item, toAttribute, toItem, toRecord } from '../attributes.ts';
import { prefixNames } from '../build-expressions.ts';
import { groupRecordKey } from '../group-records.ts';
import { writeHeldEntry } from '../held-groups.ts';
import { update, type Write } from '../writes.ts';
import type { LedgerContents } from './read-contents.ts';

/** The attributes that are read. Others stay as they are. */
const parts = ['version', 'last', 'veto', 'leash', 'refusals'] as const;

/**
 * Repairs an unreadable record from its readable parts and the group's strikes, in one transaction. It is refused if the record has
 * changed, as a veto or a leash may have been set. The new version is higher than any that a decision was based on, so that no such
 * decision can be claimed. A leash replaces the `lost` parts, which are unreadable.
 */
export function mendGroupRecord(
  group: string,
  item: Item,
  { strikes, unreadable }: Pick<LedgerContents, 'strikes' | 'unreadable'>,
  now: number,
): { readonly writes: readonly Write[]; readonly lost: readonly string[] } {
  const found = toRecord(item);
  const readable = {
    last: LastStrike.safeParse(found.last).data,
    veto: Veto.safeParse(found.veto).data,
    leash: GroupLeash.safeParse(found.leash).data,
    // Losing these only costs another attempt.
    refusals: Refusals.safeParse(found.refusals).data,
  };
  const ofGroup = strikes.filter((strike) => strike.group === group);
  const isAnyUnread = unreadable.some((one) => one.kind === 'strike' && one.item.group === group);
  const lost = [
    ...(readable.last === undefined && isAnyUnread ? ['last strike'] : []),
    ...(['veto', 'leash'] as const).filter(
      (name) => item[name] !== undefined && readable[name] === undefined,
    ),
  ];

  const latest = ofGroup
    .filter(({ state }) => state !== 'failed')
    .toSorted((a, b) => b.version - a.version)[0];
  const last = findLater(readable.last, latest && lastStrike(latest));
  const leash = readable.leash ?? (lost.length === 0 ? undefined : makeStandInLeash(lost, now));
  const known = z.int().catch(0).parse(found.version);
  const set = toItem({
    version: Math.max(known, ...ofGroup.map(({ version }) => version + 1)) + 1,
    last: last === readable.last ? undefined : last,
    leash: leash === readable.leash ? undefined : leash,
  });
  const remove = (['last', 'veto', 'leash', 'refusals'] as const).filter(
    (name) => item[name] !== undefined && readable[name] === undefined && set[name] === undefined,
  );
  return {
    writes: [
      replaceIfUnchanged(group, item, set, remove),
      ...(lost.includes('veto') ? [writeHeldEntry(group, 'veto', undefined)] : []),
      ...(lost.length === 0 ? [] : [writeHeldEntry(group, 'leash', leash && toAttribute(leash))]),
    ],
    lost,
  };
}

function replaceIfUnchanged(group: string, item: Item, set: Item, remove: readonly string[]): Write {
  const seen = Object.fromEntries(
    parts.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
  const sets = Object.keys(set).map((name) => `#${name} = :new_${name}`);
  const removes = remove.map((name) => `#${name}`);
  return update(
    groupRecordKey(group),
    `SET ${sets.join(', ')}${removes.length === 0 ? '' : ` REMOVE ${removes.join(', ')}`}`,
    parts
      .map((name) => (name in seen ? `#${name} = :seen_${name}` : `attribute_not_exists(#${name})`))
      .join(' AND '),
    { ...prefixNames('seen_', seen), ...prefixNames('new_', set) },
  );
}

/** Prefers the record, unless the strike is later: the record may have dropped a strike that was rolled back. */
function findLater(recorded: LastStrike | undefined, struck: LastStrike | undefined): LastStrike | undefined {
  if (recorded === undefined || struck === undefined) return recorded ?? struck;
  return Date.parse(recorded.at) < Date.parse(struck.at) ? struck : recorded;
}

function makeStandInLeash(lost: readonly string[], now: number): GroupLeash {
  const reason = `its ${lost.join(' and its ')} could not be read any more`;
  return { reason, by: './chaos ledger check', at: new Date(now).toISOString() };
}
