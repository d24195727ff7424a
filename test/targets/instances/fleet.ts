import { tookEffectOf } from '#core/verify/took-effect-of.ts';
import type { KindFleet } from '../../iam/kind-fleet.ts';
import { aTarget } from '../../support/a-target.ts';

/** `web-N`, an Auto Scaling group, which recovers; and `workers-N`, standalone, which has nobody to replace what it loses. */
export const fleet: KindFleet = {
  kind: 'ec2-instance',
  put: (region, { fault, parameters, number, tags }) => {
    const web = `web-${number}`;
    const zones = [`${region.name}a`, `${region.name}b`];
    region.autoScalingGroup({ name: web, desired: 4, zones, tags });
    const workers = `workers-${number}`;
    const standalone = aTarget({ group: `${region.account}/${region.name}/tag/${workers}` });
    // Without an Auto Scaling group, they cannot be struck through one.
    if (fault.unfit?.(standalone, parameters) !== undefined) return { [web]: 'recovered' };
    for (const zone of [...zones, ...zones])
      region.instance({ zone, tags: { ...tags, 'chaos:group': workers } });
    return {
      [web]: 'recovered',
      [workers]: tookEffectOf(fault) === undefined ? 'recovered' : 'not-recovered',
    };
  },
};
