import type { Draws } from '../draws/draw.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import type { GuardContext } from '../guards/guard.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { DecisionContext } from './decision-context.ts';
import { drawsFor } from './resolve-intent.ts';

/** The result of a draw, and its numbers. */
export interface Draw {
  readonly strikes: boolean;
  readonly reason: Reason;
  readonly odds: Pick<Decision, 'probability' | 'drawn' | 'due'>;
}

/** Replaces the draw in a forced run. */
export const forced: Draw = {
  strikes: true,
  reason: { code: 'forced', text: 'the request says force: true, so no draw was made' },
  odds: {},
};

/** Draws for a group: once per slot; or, for a rate in days, once per work day, along with the moment from which it applies. */
export function drawGroup(key: string, rate: GroupRate, context: DecisionContext): Draw {
  const { calendar, day, slot } = context;
  const ofRate = drawsFor(rate, context);
  const isDaily = rate.mode === 'mean-days';
  const off = isDaily ? calendar.offText(day) : undefined;
  if (off !== undefined) {
    const text = `${day} is not a work day (${off}): no draw`;
    return { strikes: false, reason: { code: 'no-work-day', text }, odds: {} };
  }
  const { probability } = rate;
  const drawn = ofRate.number('strike', key);
  const text = oddsText(drawn, probability, isDaily ? day : undefined);
  if (drawn >= probability) {
    return { strikes: false, reason: { code: 'not-drawn', text }, odds: { probability, drawn } };
  }
  if (!isDaily) return { strikes: true, reason: { code: 'drawn', text }, odds: { probability, drawn } };

  const moment = drawMoment(key, day, ofRate, context);
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

/** The moment of the day from which a drawn group may be struck, epoch ms. */
export function drawMoment(
  key: string,
  day: string,
  ofDay: Draws,
  { calendar }: Pick<GuardContext, 'calendar'>,
): number {
  // In whole seconds, like slots.
  return Math.floor(calendar.momentAt(day, ofDay.number('moment', key)) / 1_000) * 1_000;
}

function oddsText(drawn: number, probability: number, day: string | undefined): string {
  // Rounded down, so that a number below the probability never reads as equal to it.
  const shown = (Math.floor(drawn * 10_000) / 10_000).toFixed(4);
  const when = day === undefined ? '' : ` for ${day}`;
  return `drew ${shown}${when}, a strike is below ${Number(probability.toFixed(4))}`;
}
