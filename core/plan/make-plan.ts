import { calendarOf } from '../calendar/make-calendar.ts';
import { leashOf } from '../config/leash.ts';
import type { PlanRequest } from '../config/task.ts';
import type { RunContext } from '../model/run-context.ts';
import type { World } from '../ports/world.ts';
import type { Plan } from '../reports/plan.ts';
import { planOf } from './planner.ts';

/** A plan of the days asked for, from a survey made now. Throws what the ledger throws. */
export async function makePlan(
  { date, days }: PlanRequest,
  run: RunContext,
  { config, faults, kinds, ledger, fleet, clock }: World,
): Promise<Plan> {
  const calendar = calendarOf(config);
  const now = clock.now();
  const from = date ?? calendar.dayOf(now);
  const { secret, stop } = await ledger.control();
  const planner = planOf(calendar.days(from, calendar.plusDays(from, days - 1)), {
    config,
    calendar,
    faults,
    kinds,
    secret,
    hasTime: () => clock.now() < run.surveyBy,
  });
  const { failures } = await fleet.survey(config.accounts, run, planner.see);
  const { mode } = leashOf({ dryRun: false }, config);
  return { ...(await planner.settled({ ledger, now, mode, failures })), ...(stop && { stop }) };
}
