import { makeCalendar } from '../calendar/make-calendar.ts';
import { resolveLeash } from '../config/resolve-leash.ts';
import type { PlanRequest } from '../config/task.ts';
import type { RunContext } from '../model/run-context.ts';
import type { World } from '../ports/world.ts';
import type { Plan } from '../reports/plan.ts';
import { makePlanner } from './planner.ts';

/** A plan for the requested days, from a survey made now. Throws whatever the ledger throws. */
export async function makePlan(
  { date, days }: PlanRequest,
  run: RunContext,
  { config, faults, kinds, ledger, fleet, clock }: World,
): Promise<Plan> {
  const calendar = makeCalendar(config);
  const now = clock.now();
  const from = date ?? calendar.dayOf(now);
  const { secret, stop } = await ledger.control();
  const planner = makePlanner(calendar.days(from, calendar.plusDays(from, days - 1)), {
    config,
    calendar,
    faults,
    kinds,
    secret,
    hasTime: () => clock.now() < run.surveyBy,
  });
  const { failures } = await fleet.survey(config.accounts, run, planner.see);
  const { mode } = resolveLeash({ dryRun: false }, config, 'schedule');
  return { ...(await planner.finish({ ledger, now, mode, failures })), ...(stop && { stop }) };
}
