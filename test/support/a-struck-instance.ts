import type { ChosenFault, FaultRegistry } from '#core/model/fault.ts';
import type { InstanceFacts } from '#targets/instances/kind.ts';
import { aRunContext, aSandboxWorld } from './a-sandbox-world.ts';
import { aTarget } from './a-target.ts';

/** Strikes an instance of an Auto Scaling group on the sandbox. Answers with the outcome, and its state a moment later. */
export async function aStruckInstance(fault: ChosenFault) {
  const world = aSandboxWorld();
  const place = world.sandbox.account('222222222222').region('eu-west-1');
  const group = place.autoScalingGroup({ name: 'web', desired: 2, tags: { 'chaos:opt-in': 'true' } });
  const id = group.members[0]?.instance.id ?? '';
  const named = aTarget({ id });
  const target = { ...named, arns: { ...named.arns, autoScalingGroup: group.arn } };
  const order = { fault, app: undefined, healthy: 2, version: 0, target };
  const { value: sessions } = await world.striker.open([order], aRunContext());
  const outcome = await sessions[0]?.strike(order, world.clock.now() + 5_000);
  return { outcome, state: place.instances().find((one) => one.id === id)?.state };
}

/** Why a fault can never be done to an instance of which these facts are known; undefined if it can. */
export function unfitText(
  faults: FaultRegistry,
  { name, parameters }: ChosenFault,
  facts: Partial<InstanceFacts> = {},
  kind: 'asg' | 'tag' = 'asg',
): string | undefined {
  const target = aTarget({ group: `222222222222/eu-west-1/${kind}/web` });
  return faults.get(name)?.unfit?.({ ...target, facts: { ...target.facts, ...facts } }, parameters);
}
