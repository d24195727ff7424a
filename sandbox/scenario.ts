import type { Config } from '#core/config/config.ts';
import type { Tags } from '#core/model/group.ts';
import type { AutoScalingGroupSeed } from './auto-scaling/group-seed.ts';
import type { Table } from './dynamodb/table.ts';
import type { Sandbox } from './sandbox.ts';
import type { Topic } from './sns/topic.ts';
import type { Region } from './state/region.ts';

/** What the master account has in a scenario. */
export interface Master {
  readonly table: Table;
  readonly topic: Topic;
  readonly notRecoveredTopic: Topic;
}

/** Creates everything that a deployment would have created: the ledger's table, the topics, and the role in every target account. */
export function onboard(sandbox: Sandbox, config: Config): Master {
  for (const { id, roleName: name, externalId } of config.accounts) {
    sandbox.account(id).role({ name, trust: { principal: sandbox.callerRole, externalId } });
  }
  const master = sandbox.account(config.master.account).region(config.master.region);
  return {
    table: master.table({
      name: 'chaos-monkey',
      partitionKey: 'pk',
      sortKey: 'sk',
    }),
    topic: master.topic('chaos-monkey'),
    notRecoveredTopic: master.topic('chaos-not-recovered'),
  };
}

/**
 * A fleet as companies have them, distributed in turn over the configuration's accounts and regions: groups that may be struck,
 * and one for each reason to spare a group. The same for the same configuration.
 */
export function demonstrationFleet(sandbox: Sandbox, config: Config): void {
  const places = config.accounts.flatMap(({ id, regions }) =>
    regions.map((region) => sandbox.account(id).region(region)),
  );
  const parts = [...groups(config), ...standalone(config)];
  for (const [index, put] of parts.entries()) {
    const place = places[index % places.length];
    if (place !== undefined) put(place);
  }
}

type Part = (region: Region) => void;

function groups({ tags: keys, faults }: Config): readonly Part[] {
  const optIn: Tags = { [keys.optIn.key]: keys.optIn.value };
  const certain: Tags = { ...optIn, [keys.probability]: '1' };
  const gentlest = faults.at(-1)?.name;
  const seeds: readonly AutoScalingGroupSeed[] = [
    { name: 'web', desired: 3, tags: optIn },
    { name: 'checkout', desired: 4, tags: certain },
    { name: 'search', desired: 6, tags: optIn },
    { name: 'payments', desired: 3, tags: { ...optIn, [keys.probability]: '0' } },
    { name: 'recommendations', desired: 3, tags: { ...optIn, [keys.probability]: 'often' } },
    // One of its instances has failed its health check.
    { name: 'cart', desired: 3, tags: certain, members: [{}, {}, { health: 'Unhealthy' }] },
    { name: 'reports', desired: 1, tags: certain },
    { name: 'billing', desired: 2 },
    // Opted in, but its instances were launched without the group's tags.
    { name: 'thumbnails', desired: 2, tags: certain, propagateTags: false },
    {
      name: 'sessions',
      desired: 3,
      tags: gentlest === undefined ? certain : { ...certain, [keys.faults]: gentlest },
    },
    // One in standby for maintenance, which the group does not count as desired.
    { name: 'images', desired: 2, tags: optIn, members: [{}, {}, { lifecycle: 'Standby' }] },
  ];
  return seeds.map((seed) => (region) => region.autoScalingGroup(seed));
}

function standalone({ tags: keys }: Config): readonly Part[] {
  const optIn: Tags = { [keys.optIn.key]: keys.optIn.value };
  const workers: Part = (region) => {
    for (const zone of ['a', 'b', 'c']) {
      region.instance({
        zone: `${region.name}${zone}`,
        tags: { Name: `batch-worker-${zone}`, ...optIn, [keys.group]: 'batch-workers' },
      });
    }
  };
  const bastion: Part = (region) => region.instance({ tags: { Name: 'bastion' } });
  return [workers, bastion];
}
