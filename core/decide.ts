import { inEc2View } from './both-views.ts';
import { appOf } from './budgets.ts';
import type { Config } from './config.ts';
import { type Draws, dayDraws, draws } from './draw.ts';
import type { ChosenFault, FaultRegistry, Target } from './fault.ts';
import { faultFor } from './fault-for.ts';
import { type Group, healthyMembers, type InspectedInstance, type Looked } from './group.ts';
import type { Candidate, GroupAbout, GuardContext } from './guards/guard.ts';
import { groupGuards, instanceGuards, lookedGuards } from './guards/index.ts';
import { type GuardVerdict, verdictsOf } from './guards/verdicts.ts';
import type { Known } from './known.ts';
import type { Order, Standing } from './ports.ts';
import { type GroupRate, rateOf } from './rate.ts';
import type { Decision, Reason, Slot } from './report.ts';
import type { RunRequest } from './request.ts';

/** What decisions are made from, beside the group itself. Nothing here changes during a run. */
export interface Grounds {
  readonly context: GuardContext;
  readonly faults: FaultRegistry;
  readonly request: Pick<RunRequest, 'force' | 'fault'>;
  readonly slot: Slot;
  /** Draws of the slot, for rates that are a chance per slot; and of its day, for rates in days. */
  readonly draws: { readonly slot: Draws; readonly day: Draws };
}

export function groundsOf(parts: Omit<Grounds, 'draws'> & { readonly secret: string }): Grounds {
  const { secret, ...rest } = parts;
  return {
    ...rest,
    draws: { slot: draws(secret, rest.slot.id), day: dayDraws(secret, rest.context.day) },
  };
}

/** What was decided about a group before its instances are looked up. */
export interface Decided {
  readonly decision: Decision;
  /** As much of the group as was looked at: of one that no guard was asked about, the tags. Enough to decide it again. */
  readonly seen: Group;
  /** What is to be struck, and with what; undefined for a group that is spared, which need not be kept. */
  readonly drawn: Drawn | undefined;
}
export interface Drawn {
  readonly group: Group;
  readonly fault: ChosenFault;
  readonly rate: GroupRate;
}

/** What is known of a drawn group once it has been looked up. */
export interface LookedUp {
  readonly looked: Looked;
  readonly standing: Known<Standing>;
  /** Whether instances are protected from termination, by id, as far as it was asked. */
  readonly protections: ReadonlyMap<string, Known<boolean>>;
}

/** A decision that stands, and for a strike the order that carries it out. */
export interface Chosen {
  readonly decision: Decision;
  readonly order: Order | undefined;
}

/**
 * Decides a group on what the survey saw: rate, draw, then the group's guards. Pure: the same grounds and the same group
 * give the same decision.
 */
export function decideGroup(group: Group, grounds: Grounds): Decided {
  const { context, request } = grounds;
  const spare = (code: string, text: string, more: Omit<Partial<Decision>, 'verdict'> = {}): Decided => ({
    drawn: undefined,
    seen: { ...group, arn: undefined, members: [] },
    decision: { group: group.key, verdict: 'spare', reason: { code, text }, ...more },
  });

  const wish = wishOf(group, grounds);
  if ('refused' in wish) return spare(wish.refused.code, wish.refused.text);
  const { rate, fault } = wish;
  const draw = request.force ? forced : drawOf(group.key, rate, grounds);
  if (!draw.strikes) return spare(draw.reason.code, draw.reason.text, draw.odds);
  const [first, ...also] = refusals(verdictsOf(groupGuards, group, context));
  if (first !== undefined) {
    const refused = spare(first.code, first.text, { ...draw.odds, ...(also.length > 0 && { also }) });
    return { ...refused, seen: group };
  }
  return {
    drawn: { group, fault, rate },
    seen: group,
    decision: { group: group.key, verdict: 'strike', reason: draw.reason, ...draw.odds },
  };
}

/** How often a group is to be struck, and with what: as its tags and the configuration say; or why it never is. */
export function wishOf(
  group: Group,
  { context: { config }, request, draws }: Grounds,
): Pick<Drawn, 'rate' | 'fault'> | { readonly refused: Reason } {
  const refused = (code: string, text: string) => ({ refused: { code, text } });
  const disagreed = conflictingKeys(group, config);
  if (disagreed.length > 0) {
    return refused('bad-tag', `its instances disagree about ${disagreed.join(' and ')}`);
  }
  const rate = rateOf(group, config);
  if ('badTag' in rate) return refused('bad-tag', rate.badTag);
  const fault = faultFor(group, config, request.fault, drawsFor(rate, { draws }));
  if ('badTag' in fault) return refused('bad-tag', fault.badTag);
  if ('notAllowed' in fault) return refused('fault-not-allowed', fault.notAllowed);
  // Its owner said never, which is more than a draw that force could skip.
  if (rate.probability === 0) return refused('probability-zero', 'its probability is 0: never');
  return { rate, fault };
}

/** The tags that decide about a group and that its standalone instances disagree on. */
export function conflictingKeys(group: Group, { tags }: Pick<Config, 'tags'>): readonly string[] {
  const { optIn: _optIn, group: _group, ...decisive } = tags;
  return Object.values(decisive).filter((key) => group.conflictingTags.includes(key));
}

/** What a draw says, and the numbers it was made with. */
export interface Draw {
  readonly strikes: boolean;
  readonly reason: Reason;
  readonly odds: Pick<Decision, 'probability' | 'drawn' | 'due'>;
}

const forced: Draw = {
  strikes: true,
  reason: { code: 'forced', text: 'asked for by force: no draw was made' },
  odds: {},
};

/** One draw in each slot; or, where the rate is in days, one in each work day with a moment from which on it holds. */
export function drawOf(key: string, rate: GroupRate, grounds: Grounds): Draw {
  const { context, slot } = grounds;
  const ofRate = drawsFor(rate, grounds);
  const isDaily = rate.mode === 'mean-days';
  const off = isDaily ? context.calendar.offText(context.day) : undefined;
  if (off !== undefined) {
    const text = `${context.day} is no work day (${off}): there is no draw`;
    return { strikes: false, reason: { code: 'no-work-day', text }, odds: {} };
  }
  const { probability } = rate;
  const drawn = ofRate.number('strike', key);
  const text = oddsText(drawn, probability, isDaily ? context.day : undefined);
  if (drawn >= probability) {
    return { strikes: false, reason: { code: 'not-drawn', text }, odds: { probability, drawn } };
  }
  if (!isDaily) return { strikes: true, reason: { code: 'drawn', text }, odds: { probability, drawn } };

  const moment = momentOf(key, context.day, ofRate, context);
  const due = new Date(moment).toISOString();
  const isDue = slot.at >= moment;
  return {
    strikes: isDue,
    reason: isDue
      ? { code: 'drawn', text: `${text}, from ${due} on` }
      : { code: 'not-yet', text: `${text}: due at ${due}` },
    odds: { probability, drawn, due },
  };
}

/** The moment of a day from which on a drawn group is to be struck, epoch ms. */
export function momentOf(
  key: string,
  day: string,
  ofDay: Draws,
  { calendar }: Pick<GuardContext, 'calendar'>,
): number {
  // In whole seconds, as slots are.
  return Math.floor(calendar.momentAt(day, ofDay.number('moment', key)) / 1_000) * 1_000;
}

export function drawsFor(rate: GroupRate, { draws }: Pick<Grounds, 'draws'>): Draws {
  return rate.mode === 'mean-days' ? draws.day : draws.slot;
}

/**
 * Chooses the instance of a drawn group, now that it has been looked up. What EC2 says is not running counts as unhealthy,
 * and the group's guards are asked again; of the instances that no guard spares each is equally likely.
 */
export function chooseTarget(
  { group: listed, fault, rate }: Drawn,
  decision: Decision,
  { looked, standing, protections }: LookedUp,
  grounds: Grounds,
): Chosen {
  const { context, faults, slot } = grounds;
  const spare = (code: string, text: string, also: readonly Reason[] = []): Chosen => ({
    order: undefined,
    decision: { ...spared(decision, code, text), ...(also.length > 0 && { also }) },
  });
  const already = alreadyStruck(listed, standing, slot, context);
  if (already !== undefined) return spare(already.code, already.text);
  const group = inEc2View(listed, looked.instances);
  const about: GroupAbout = { group, rate, looked, standing };
  const [first, ...also] = refusals([
    ...verdictsOf(groupGuards, group, context),
    ...verdictsOf(lookedGuards, about, context),
  ]);
  if (first !== undefined) return spare(first.code, first.text, also);

  const eligible: Target[] = [];
  const ineligible: (Reason & { readonly isUp: boolean })[] = [];
  for (const candidate of candidatesOf(group, looked.instances, protections)) {
    const { member, instance } = candidate;
    const [refusal] = refusals(verdictsOf(instanceGuards, candidate, context));
    if (refusal !== undefined) {
      const text = `${member.instanceId}: ${refusal.text}`;
      ineligible.push({ code: refusal.code, text, isUp: member.healthy });
    } else if (instance !== undefined) {
      eligible.push(targetOf(group, member.zone, instance));
    }
  }
  const ids = eligible.map(({ instanceId }) => instanceId);
  const chosen = drawsFor(rate, grounds).oneOf('instance', group.key, ids);
  const target = eligible.find(({ instanceId }) => instanceId === chosen);
  if (target === undefined) {
    // Healthy but ineligible instances speak for the group: those that are down are not what keeps it from being struck.
    const code = (ineligible.find(({ isUp }) => isUp) ?? ineligible[0])?.code;
    return spare(code ?? 'instance-not-in-service', `no instance is eligible: ${shortList(ineligible)}`);
  }
  const unfit = unfitFor(target, fault, faults);
  if (unfit !== undefined) return spare(unfit.code, unfit.text);
  return {
    decision,
    order: {
      target,
      fault,
      app: appOf(group, context.config),
      healthy: healthyMembers(group).reduce((sum, member) => sum + member.capacity, 0),
      // Refused by a guard where it is not known.
      version: 'known' in standing ? standing.known.version : 0,
    },
  };
}

/** The group's members in both views, with all that is known of each. */
export function candidatesOf(
  group: Group,
  instances: readonly InspectedInstance[],
  protections: ReadonlyMap<string, Known<boolean>>,
): readonly Candidate[] {
  const byId = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return group.members.map((member) => ({
    group,
    member,
    instance: byId.get(member.instanceId),
    protection: protections.get(member.instanceId),
  }));
}

/** Why a group that has been struck in a slot is not struck in it again; undefined if it has not, as far as is known. */
export function alreadyStruck(
  { key }: Group,
  standing: Known<Standing>,
  slot: Pick<Slot, 'id'>,
  { open }: Pick<GuardContext, 'open'>,
): Reason | undefined {
  if ('unknown' in standing || standing.known.last?.slot !== slot.id) return undefined;
  const entry = 'known' in open ? open.known.find(({ group }) => group === key) : undefined;
  const text =
    entry === undefined
      ? 'it has been struck in this slot'
      : `run ${entry.runId} has this slot: ${entry.target.instanceId}, ${entry.state}`;
  return { code: 'already-claimed', text };
}

/** Why a fault cannot be done to a target; undefined if it can. */
export function unfitFor(
  target: Target,
  { name, parameters }: ChosenFault,
  faults: FaultRegistry,
): Reason | undefined {
  const unfit = faults.get(name)?.unfit?.(target, parameters);
  return unfit === undefined ? undefined : { code: 'fault-unfit', text: `${name}: ${unfit}` };
}

export function targetOf(group: Group, zone: string, { instanceId, arn }: InspectedInstance): Target {
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

function refusals(verdicts: readonly GuardVerdict[]): readonly Reason[] {
  return verdicts.flatMap(({ code, passes, saw }) => (passes ? [] : [{ code, text: saw }]));
}

/** A strike that something turned into a spare; its draw stays on record. */
export function spared(decision: Decision, code: string, text: string): Decision {
  return { ...decision, verdict: 'spare', reason: { code, text } };
}

function oddsText(drawn: number, probability: number, day: string | undefined): string {
  // Rounded down, so that a number below the probability never reads as equal to it.
  const shown = (Math.floor(drawn * 10_000) / 10_000).toFixed(4);
  const when = day === undefined ? '' : ` for ${day}`;
  return `drew ${shown}${when}, a strike is below ${Number(probability.toFixed(4))}`;
}

function shortList(reasons: readonly Reason[]): string {
  const shown = reasons
    .slice(0, 5)
    .map(({ text }) => text)
    .join('; ');
  return reasons.length > 5 ? `${shown}; and ${reasons.length - 5} more` : shown;
}
