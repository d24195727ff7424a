import { fitLists } from '../util/fit-lists.ts';
import type { Plan, PlannedDay } from './plan.ts';

/**
 * The plan, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the plan itself if it fits. Failures go
 * first, then strikes, the last of the last day before any other. Each list has the number of its missing entries; a truncated
 * plan can be truncated further, and its numbers add up. Throws `DoesNotFit`.
 */
export function truncatePlan(plan: Plan, maxBytes: number): Plan {
  const { days, failures, omittedFailures = 0 } = plan;
  return fitLists<Plan, string>(plan, {
    entries: [...days.map(({ day, strikes }) => [day, strikes] as const), ['failures', failures]],
    cut: (kept) => {
      const missing = failures.length - (kept.failures ?? 0) + omittedFailures;
      return {
        ...plan,
        days: days.map((day) => cutDay(day, kept[day.day] ?? 0)),
        failures: failures.slice(0, kept.failures),
        ...(missing > 0 && { omittedFailures: missing }),
      };
    },
    maxBytes,
    what: `the plan from ${plan.from} to ${plan.to}`,
  });
}

function cutDay(day: PlannedDay, kept: number): PlannedDay {
  const missing = day.strikes.length - kept + (day.omitted ?? 0);
  return { ...day, strikes: day.strikes.slice(0, kept), ...(missing > 0 && { omitted: missing }) };
}
