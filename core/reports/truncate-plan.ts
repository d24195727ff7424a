import { fitLists, noteBytes } from '../util/fit-lists.ts';
import type { Plan, PlannedDay } from './plan.ts';

/** By day, and `failures`. */
type Numbers = Readonly<Record<string, number>>;

/**
 * The plan, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the plan itself if it fits. Failures go
 * first, then strikes, the last of the last day before any other. Each list has the number of its missing entries; a truncated
 * plan can be truncated further, and its numbers add up. Throws `DoesNotFit`.
 */
export function truncatePlan(plan: Plan, maxBytes: number): Plan {
  const { days, failures } = plan;
  const kept = fitLists<string>({
    entries: [...days.map(({ day, strikes }) => [day, strikes] as const), ['failures', failures]],
    shell: {
      ...plan,
      days: days.map((day) => ({ ...day, strikes: [], omitted: undefined })),
      failures: [],
      omittedFailures: undefined,
    },
    noteBytes: (numbers) =>
      days.reduce(
        (sum, day) => sum + noteBytes('omitted', missingOf(day, numbers)),
        noteBytes('omittedFailures', missingFailures(plan, numbers)),
      ),
    maxBytes,
    what: `the plan from ${plan.from} to ${plan.to}`,
  });
  const isWhole = days.every(({ day, strikes }) => kept[day] === strikes.length);
  if (isWhole && kept.failures === failures.length) return plan;
  const omittedFailures = missingFailures(plan, kept);
  return {
    ...plan,
    days: days.map((day) => cutDay(day, kept)),
    failures: failures.slice(0, kept.failures),
    ...(omittedFailures > 0 && { omittedFailures }),
  };
}

function cutDay(day: PlannedDay, kept: Numbers): PlannedDay {
  const omitted = missingOf(day, kept);
  return { ...day, strikes: day.strikes.slice(0, kept[day.day]), ...(omitted > 0 && { omitted }) };
}

function missingOf({ day, strikes, omitted = 0 }: PlannedDay, kept: Numbers): number {
  return strikes.length - (kept[day] ?? 0) + omitted;
}

function missingFailures({ failures, omittedFailures = 0 }: Plan, kept: Numbers): number {
  return failures.length - (kept.failures ?? 0) + omittedFailures;
}
