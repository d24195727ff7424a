/** The days that calendars support. Nobody needs earlier ones: there was no AWS. */
export const [firstDay, lastDay] = ['2000-01-01', '2100-12-31'] as const;

/** Accepts a date, or a moment in UTC such as `2026-11-23T09:00:00Z`. A year that does not have four digits is out of reach. */
export function isInReach(dateOrMoment: string): boolean {
  const day = dateOrMoment.slice(0, lastDay.length);
  return firstDay <= day && day <= lastDay;
}
