import type { Config } from '../config/config.ts';
import type { FitGroup, Kind } from '../kinds/kind.ts';

/** Groups that are always fit, dealt out over the kinds of target, and over the configuration's accounts and regions. */
export function simulatedFleet(
  { accounts, tags }: Pick<Config, 'accounts' | 'tags'>,
  kinds: readonly Kind[],
  count: number,
): readonly FitGroup[] {
  const places = accounts.flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
  const optIn = { [tags.optIn.key]: tags.optIn.value };
  return Array.from({ length: count }, (_, index) => {
    const place = places[index % places.length] ?? { account: '', region: '' };
    return kinds[index % kinds.length]?.fit({ ...place, number: index + 1 }, optIn) ?? [];
  }).flat();
}
