import type { Config, TagKeys } from './config.ts';
import type { Draws } from './draw.ts';
import type { ChosenFault, FaultRegistry, Target } from './fault.ts';
import { faultFor } from './fault-for.ts';
import type { Group, InspectedInstance } from './group.ts';
import type { Candidate } from './guards/guard.ts';
import { groupGuards, instanceGuards } from './guards/index.ts';
import type { Order } from './ports.ts';
import { probabilityOf } from './rate.ts';
import type { Decision, Reason } from './report.ts';
import type { RunRequest } from './request.ts';

/** What was decided about a group before its instances are looked up. */
export interface Decided {
  readonly decision: Decision;
  /** What is to be struck, and with what; undefined for a group that is spared, which need not be kept. */
  readonly drawn: { readonly group: Group; readonly fault: ChosenFault } | undefined;
}

/** A decision that stands, and for a strike the order that carries it out. */
export interface Chosen {
  readonly decision: Decision;
  readonly order: Order | undefined;
}

/** What decisions are made from, beside the group itself. Nothing here changes during a run. */
export interface Grounds {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly request: Pick<RunRequest, 'force' | 'fault'>;
  readonly draws: Draws;
}

/**
 * Decides a group on what the survey saw: rate, draw, then the group's guards. Pure: the same grounds and the same group
 * give the same decision.
 */
export function decideGroup(group: Group, grounds: Grounds): Decided {
  const { config, request, draws } = grounds;
  const spare = (code: string, text: string, more: Omit<Partial<Decision>, 'verdict'> = {}): Decided => ({
    drawn: undefined,
    decision: { group: group.key, verdict: 'spare', reason: { code, text }, ...more },
  });

  const disagreed = [config.tags.probability, config.tags.faults].filter((key) =>
    group.conflictingTags.includes(key),
  );
  if (disagreed.length > 0) {
    return spare('bad-tag', `its instances disagree about ${disagreed.join(' and ')}`);
  }
  const probability = probabilityOf(group, config);
  if (typeof probability === 'object') return spare('bad-tag', probability.badTag);
  const fault = faultFor(group, config, request.fault, draws);
  if ('badTag' in fault) return spare('bad-tag', fault.badTag);
  if ('notAllowed' in fault) return spare('fault-not-allowed', fault.notAllowed);
  // Its owner said never, which is more than a draw that force could skip.
  if (probability === 0) return spare('probability-zero', 'its probability is 0: never');

  const drawn = draws.number('strike', group.key);
  const odds = request.force ? {} : { probability, drawn };
  if (!request.force && drawn >= probability) {
    return spare('not-drawn', oddsText(drawn, probability), odds);
  }
  const [first, ...also] = refusals(group, config.tags);
  if (first !== undefined) {
    return spare(first.code, first.text, { ...odds, ...(also.length > 0 && { also }) });
  }
  const reason: Reason = request.force
    ? { code: 'forced', text: 'asked for by force: no draw was made' }
    : { code: 'drawn', text: oddsText(drawn, probability) };
  return { drawn: { group, fault }, decision: { group: group.key, verdict: 'strike', reason, ...odds } };
}

/**
 * Chooses the instance of a drawn group, now that its instances have been looked up. What EC2 says is not running counts as
 * unhealthy, and the group's guards are asked again; of the instances that no guard spares each is equally likely.
 */
export function chooseTarget(
  listed: Group,
  fault: ChosenFault,
  decision: Decision,
  inspected: readonly InspectedInstance[],
  { config, faults, draws }: Grounds,
): Chosen {
  const spare = (code: string, text: string): Chosen => ({
    order: undefined,
    decision: spared(decision, code, text),
  });
  const candidates = bothViews(listed, inspected);
  const group: Group = { ...listed, members: candidates.map(({ member }) => member) };
  const [first] = refusals(group, config.tags);
  if (first !== undefined) return spare(first.code, first.text);

  const eligible: Target[] = [];
  const ineligible: Reason[] = [];
  for (const { member, instance } of candidates) {
    const refusal = instanceGuards
      .map(({ code, refuses }) => ({ code, text: refuses({ member, instance }, config.tags) }))
      .find(({ text }) => text !== undefined);
    if (refusal !== undefined) {
      ineligible.push({ code: refusal.code, text: `${member.instanceId}: ${refusal.text}` });
    } else if (instance !== undefined) {
      eligible.push(targetOf(group, member.zone, instance));
    }
  }
  const ids = eligible.map(({ instanceId }) => instanceId);
  const chosen = draws.oneOf('instance', group.key, ids);
  const target = eligible.find(({ instanceId }) => instanceId === chosen);
  if (target === undefined) {
    // Healthy but ineligible instances speak for the group: those that are down are not what keeps it from being struck.
    const code = ineligible.find((reason) => reason.code !== 'instance-not-in-service')?.code;
    return spare(code ?? 'instance-not-in-service', `no instance is eligible: ${shortList(ineligible)}`);
  }
  const unfit = faults.get(fault.name)?.unfit?.(target, fault.parameters);
  if (unfit !== undefined) return spare('fault-unfit', `${fault.name}: ${unfit}`);
  return { order: { target, fault }, decision };
}

/** Each member with EC2's view of it; healthy only if both say so. */
function bothViews(group: Group, inspected: readonly InspectedInstance[]): readonly Candidate[] {
  const byId = new Map(inspected.map((instance) => [instance.instanceId, instance]));
  return group.members.map((member) => {
    const instance = byId.get(member.instanceId);
    if (!member.healthy || instance?.state === 'running') return { member, instance };
    const state = `${member.state}, but ${instance?.state ?? 'unknown'} in EC2`;
    return { member: { ...member, healthy: false, state }, instance };
  });
}

function refusals(group: Group, tags: TagKeys): readonly Reason[] {
  return groupGuards.flatMap(({ code, refuses }) => {
    const text = refuses(group, tags);
    return text === undefined ? [] : [{ code, text }];
  });
}

function targetOf(group: Group, zone: string, { instanceId, arn }: InspectedInstance): Target {
  return {
    account: group.account,
    region: group.region,
    group: group.key,
    autoScalingGroup: group.kind === 'asg' ? group.name : undefined,
    instanceId,
    zone,
    arns: { instance: arn, autoScalingGroup: group.arn },
  };
}

/** A strike that something turned into a spare; its draw stays on record. */
export function spared(decision: Decision, code: string, text: string): Decision {
  return { ...decision, verdict: 'spare', reason: { code, text } };
}

function oddsText(drawn: number, probability: number): string {
  // Rounded down, so that a number below the probability never reads as equal to it.
  const shown = (Math.floor(drawn * 10_000) / 10_000).toFixed(4);
  return `drew ${shown}, a strike is below ${Number(probability.toFixed(4))}`;
}

function shortList(reasons: readonly Reason[]): string {
  const shown = reasons
    .slice(0, 5)
    .map(({ text }) => text)
    .join('; ');
  return reasons.length > 5 ? `${shown}; and ${reasons.length - 5} more` : shown;
}
