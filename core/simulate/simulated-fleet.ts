import type { Config } from '../config/config.ts';
import type { FitGroup, Kind } from '../kinds/kind.ts';
import type { FaultRegistry } from '../model/fault.ts';

/**
 * Groups that no guard spares, distributed in turn over the kinds of target that an enabled fault can strike, and over the
 * configuration's accounts and regions.
 */
export function simulatedFleet(
  { accounts, tags, faults: enabled }: Pick<Config, 'accounts' | 'tags' | 'faults'>,
  { kinds, faults }: { readonly kinds: readonly Kind[]; readonly faults: FaultRegistry },
  count: number,
): readonly FitGroup[] {
  const places = accounts.flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
  const optIn = { [tags.optIn.key]: tags.optIn.value };
  const struck = new Set(enabled.map(({ name }) => faults.get(name)?.kind));
  const ofKinds = kinds.filter(({ kind }) => struck.has(kind));
  return Array.from({ length: count }, (_, index) => {
    const place = places[index % places.length] ?? { account: '', region: '' };
    return ofKinds[index % ofKinds.length]?.fit({ ...place, number: index + 1 }, optIn) ?? [];
  }).flat();
}
