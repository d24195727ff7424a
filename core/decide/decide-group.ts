import type { Config } from '../config/config.ts';
import { tagNames } from '../config/config-sections.ts';
import type { RunRequest } from '../config/run-request.ts';
import { type Draws, dayDraws, draws } from '../draws/draw.ts';
import { faultFor } from '../draws/pick-fault.ts';
import { type GroupRate, rateOf } from '../draws/rate.ts';
import type { GuardContext } from '../guards/guard.ts';
import { groupGuards } from '../guards/index.ts';
import { type GuardVerdict, refusals, verdictsOf } from '../guards/verdicts.ts';
import { appOf } from '../ledger/budgets.ts';
import { tooLongForLedger } from '../ledger/key-length.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { Slot } from '../model/slot.ts';

/** What decisions are made from, beside the group itself. Nothing here changes during a run. */
export interface DecisionContext {
  readonly context: GuardContext;
  readonly faults: FaultRegistry;
  readonly request: Pick<RunRequest, 'force' | 'fault'>;
  readonly slot: Slot;
  /** Draws of the slot, for rates that are a chance per slot; and of its day, for rates in days. */
  readonly draws: { readonly slot: Draws; readonly day: Draws };
}

export function makeDecisionContext(
  parts: Omit<DecisionContext, 'draws'> & { readonly secret: string },
): DecisionContext {
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
  readonly decidedOn: Group;
  /** What is to be struck, and with what; undefined for a group that is spared, which need not be kept. */
  readonly drawn: Drawn | undefined;
}
export interface Drawn {
  readonly group: Group;
  readonly fault: ChosenFault;
  readonly rate: GroupRate;
}

/**
 * Decides a group on what the survey saw: rate, draw, then the group's guards. Pure: the same grounds and the same group
 * give the same decision.
 */
export function decideGroup(group: Group, grounds: DecisionContext): Decided {
  const { context, request } = grounds;
  const spare = (reason: Reason, odds: Draw['odds'] = {}): Decided => ({
    drawn: undefined,
    decidedOn: { ...group, arn: undefined, members: [] },
    decision: { group: group.key, verdict: 'spare', reason, ...odds },
  });

  const wish = intentOf(group, grounds);
  if ('refused' in wish) return spare(wish.refused);
  const { rate, fault } = wish;
  const draw = request.force ? forced : drawOf(group.key, rate, grounds);
  if (!draw.strikes) return spare(draw.reason, draw.odds);
  const decision: Decision = { group: group.key, verdict: 'strike', reason: draw.reason, ...draw.odds };
  const refused = sparedBy(decision, verdictsOf(groupGuards, group, context));
  return refused === undefined
    ? { drawn: { group, fault, rate }, decidedOn: group, decision }
    : { drawn: undefined, decidedOn: group, decision: refused };
}

/** How often a group is to be struck, and with what: as its tags and the configuration say; or why it never is. */
export function intentOf(
  group: Group,
  { context: { config }, request, draws }: DecisionContext,
): Pick<Drawn, 'rate' | 'fault'> | { readonly refused: Reason } {
  const refused = (code: string, text: string) => ({ refused: { code, text } });
  const disagreed = conflictingKeys(group, config);
  if (disagreed.length > 0) {
    return refused('bad-tag', `its instances disagree about ${disagreed.join(' and ')}`);
  }
  const tooLong = tooLongForLedger(group.key, appOf(group, config));
  if (tooLong !== undefined) return refused('key-too-long', tooLong);
  const rate = rateOf(group, config);
  if ('badTag' in rate) return refused('bad-tag', rate.badTag);
  const fault = faultFor(group, config, request.fault, drawsFor(rate, { draws }));
  if ('badTag' in fault) return refused('bad-tag', fault.badTag);
  if ('notAllowed' in fault) return refused('fault-not-allowed', fault.notAllowed);
  // Its owner said never, which is more than a draw that force could skip.
  if (rate.probability === 0) return refused('probability-zero', 'its probability is 0: never');
  return { rate, fault };
}

/** The tags that decide about a group and that its standalone instances disagree on: by one that has not opted in as well. */
export function conflictingKeys(group: Group, { tags }: Pick<Config, 'tags'>): readonly string[] {
  return tagNames(tags).filter((key) => group.conflictingTags.includes(key));
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
export function drawOf(key: string, rate: GroupRate, grounds: DecisionContext): Draw {
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

export function drawsFor(rate: GroupRate, { draws }: Pick<DecisionContext, 'draws'>): Draws {
  return rate.mode === 'mean-days' ? draws.day : draws.slot;
}

/** The decision as what refuses turned it into a spare, the first of them named first; undefined if nothing does. */
export function sparedBy(decision: Decision, verdicts: readonly GuardVerdict[]): Decision | undefined {
  const [first, ...also] = refusals(verdicts);
  if (first === undefined) return undefined;
  return { ...spared(decision, first.code, first.text), ...(also.length > 0 && { also }) };
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
