import * as z from 'zod';
import { lastStrike } from '#core/ledger-rules.ts';
import type { GroupLeash, Standing, StrikeEntry } from '#core/ports.ts';
import { type Item, recordOf } from './ledger-attributes.ts';
import { GroupLeashShape, RefusalsShape, VetoShape } from './ledger-shapes.ts';

/**
 * A standing that cannot be read, with what of it can be and what the group's strikes say. Its version is above all that decisions
 * were made on, so that none of them claims on it. Where its veto or leash is `lost`, a leash stands in for it.
 */
export function mendedStanding(
  item: Item,
  strikes: readonly StrikeEntry[],
  now: number,
): { readonly mended: Standing; readonly lost: readonly string[] } {
  const { veto, leash, version, refusals } = recordOf(item);
  const parts = { veto: VetoShape.safeParse(veto).data, leash: GroupLeashShape.safeParse(leash).data };
  const refused = RefusalsShape.safeParse(refusals);
  const lost = [
    ...(veto !== undefined && parts.veto === undefined ? ['veto'] : []),
    ...(leash !== undefined && parts.leash === undefined ? ['leash'] : []),
  ];
  const last = strikes.filter(({ state }) => state !== 'failed').toSorted((a, b) => b.version - a.version)[0];
  return {
    mended: {
      version: Math.max(z.int().catch(0).parse(version), ...strikes.map((strike) => strike.version + 1)) + 1,
      last: last && lastStrike(last),
      veto: parts.veto,
      leash: parts.leash ?? (lost.length === 0 ? undefined : leashInPlaceOf(lost, now)),
      // One that is lost costs another try.
      ...(refused.success && { refusals: refused.data }),
    },
    lost,
  };
}

function leashInPlaceOf(lost: readonly string[], now: number): GroupLeash {
  const reason = `its ${lost.join(' and its ')} could not be read any more`;
  return { reason, by: './chaos ledger check', at: new Date(now).toISOString() };
}
