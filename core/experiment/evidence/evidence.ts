import * as z from 'zod';
import type { Sample } from '../../model/sample.ts';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';
import { boundOf, EvidencePlan } from './plan.ts';
import { addToStretches, Stretch, worstOf } from './stretch.ts';
import { addShare, copyOf, enterStage, logOfWealth, refutes, startWealth, Wealth } from './wealth.ts';

/**
 * What the samples of one probe say so far: plain JSON, to pass through the steps of an execution; parse it on the way back. Nothing
 * changes one: what adds to it returns another.
 */
export const Evidence = z.object({
  plan: EvidencePlan,
  /** In the stage, or in the last one: measured while the fault was sure to show. */
  measured: Count,
  /** Due in that time, and nobody can tell what they were. */
  unmeasured: Count,
  /** Of those, the ones that our own machine was too busy for. */
  busy: Count,
  /** Bad ones among the measured, or the sum of their bad shares. */
  bad: z.number(),
  /** The longest part of that time in which nothing was measured. */
  longestGapMs: z.number(),
  /** Epoch ms of the last sample that was measured in the stage, or came while no fault was in effect, or of its start. Absent between stages. */
  since: z.number().exactOptional(),
  /** Epoch ms since which the state is bad, in the stage or at its end. Absent while it is good. */
  badSince: z.number().exactOptional(),
  wealth: Wealth,
  /** For each bet, the last samples that speak for it most. */
  stretches: z.array(Stretch),
  /** It stays, whatever comes later. */
  deviated: z
    .object({
      /** The sample that was one too many, epoch ms. */
      at: z.number(),
      /** The first one that counts against it. */
      since: z.number(),
      /** Of the samples from then on, how many were bad, or the sum of their bad shares. Not of states. */
      of: z.object({ bad: z.number(), measured: Count }).exactOptional(),
    })
    .exactOptional(),
});
export type Evidence = Parsed<typeof Evidence>;

const nothing = { measured: 0, unmeasured: 0, busy: 0, bad: 0, longestGapMs: 0 };

/**
 * Each baseline has evidence of its own. A fault has one for all of its stages: if it began anew with each, so would the probability of
 * a false alarm. Throws RangeError for a tolerance above 50 %.
 */
export function startEvidence(plan: EvidencePlan): Evidence {
  return { plan, ...nothing, wealth: startWealth(plan), stretches: [] };
}

/** `from`: epoch ms from which its samples are due. Each stage is counted for itself, while what speaks against the tolerance stays. */
export function startStage(evidence: Evidence, from: number): Evidence {
  const { badSince: _, ...others } = evidence;
  const wealth = copyOf(evidence.wealth);
  enterStage(wealth);
  return { ...others, ...nothing, since: from, wealth };
}

/** `to`: epoch ms until which its samples were due. What happens until the next one starts is no gap. */
export function endStage(evidence: Evidence, to: number): Evidence {
  const { since, ...others } = evidence;
  return { ...others, longestGapMs: Math.max(evidence.longestGapMs, to - (since ?? to)) };
}

/** What a fault was at a moment: not in effect; in effect, but AWS may not have got around to it; or sure to show. */
export type Effect = 'none' | 'hidden' | 'shown';

/**
 * Adds the next sample in due order, within a stage. `effect`: of the fault, at its due moment; in a baseline, all of it is shown.
 * Throws RangeError for a sample outside a stage, or out of order.
 */
export function addSample(evidence: Evidence, sample: Sample, effect: Effect = 'shown'): Evidence {
  const { since } = evidence;
  if (since === undefined) throw new RangeError('no stage has started');
  if (sample.due < since) throw new RangeError('samples are judged in the order in which they are due');
  if (effect === 'none') return { ...evidence, since: sample.due };
  const share = badShareOf(evidence.plan, sample);
  if (share === undefined) {
    // Of hidden time no gap is counted.
    if (effect !== 'shown') return { ...evidence, since: sample.due };
    const busy = evidence.busy + (sample.busy === true ? 1 : 0);
    return { ...evidence, unmeasured: evidence.unmeasured + 1, busy };
  }
  const measured = {
    ...evidence,
    ...(effect === 'shown' && {
      measured: evidence.measured + 1,
      bad: evidence.bad + share,
      longestGapMs: Math.max(evidence.longestGapMs, sample.due - since),
    }),
    since: sample.due,
  };
  if (isDeviated(evidence)) return measured;
  const { tolerance } = evidence.plan;
  return 'bad' in tolerance
    ? bet(measured, share, sample.due)
    : hold(measured, tolerance.badForMs, share > 0, sample.due);
}

/** Whether the hypothesis is refuted, as far as this probe goes: undo now. */
export function isDeviated(evidence: Evidence): boolean {
  return evidence.deviated !== undefined;
}

/**
 * The common logarithm of the evidence against the tolerance, for charts; `boundOf` is what it must reach. Once the probe has deviated
 * it stays what it was then. Undefined where one sample, or a state, decides.
 */
export function log10OfEvidence({ wealth }: Evidence): number | undefined {
  return wealth.bets.length === 0 ? undefined : logOfWealth(wealth) / Math.LN10;
}

/** From 0 to 1: what a sample adds to the bad ones. Undefined where nobody can tell. */
export function badShareOf({ measures }: EvidencePlan, { is, value }: Sample): number | undefined {
  if (is === 'unmeasured') return undefined;
  if (measures !== 'shares') return is === 'bad' ? 1 : 0;
  return value === undefined ? undefined : Math.min(1, Math.max(0, value));
}

function bet(evidence: Evidence, share: number, due: number): Evidence {
  const wealth = copyOf(evidence.wealth);
  addShare(wealth, share);
  const stretches = addToStretches(evidence.stretches, wealth, share, due);
  const next = { ...evidence, wealth, stretches };
  if (share === 0 || !refutes(wealth, Math.log(boundOf(evidence.plan)))) return next;
  const { since, bad, measured } = worstOf(stretches) ?? { since: due, bad: share, measured: 1 };
  return { ...next, deviated: { at: due, since, of: { bad, measured } } };
}

/** A state is bad from when it is seen bad until it is seen good. If it may not be bad at all, it need not be seen again. */
function hold(evidence: Evidence, badForMs: number, isBad: boolean, due: number): Evidence {
  const { badSince, ...others } = evidence;
  const since = badSince ?? due;
  const deviates = (isBad || badSince !== undefined) && (due - since > badForMs || badForMs === 0);
  return { ...others, ...(isBad && { badSince: since }), ...(deviates && { deviated: { at: due, since } }) };
}
