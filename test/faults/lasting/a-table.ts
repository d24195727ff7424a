import type { TableControlSeed } from '#sandbox/dynamodb/table-control.ts';
import { optIn, type StrikeWorld } from './a-strike-world.ts';

/** The table `orders`, opted in. */
export function aTable(world: StrikeWorld, seed: TableControlSeed = {}) {
  const { region } = world;
  const control = region.control(region.table({ name: 'orders', partitionKey: 'id', tags: optIn, ...seed }));
  return {
    control,
    delete: () => void region.tables.delete('orders'),
    setTags: (tags: Readonly<Record<string, string>>) => {
      control.tags = tags;
    },
  };
}
