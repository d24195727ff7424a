/** No calendar is asked about a day outside of these, and nobody needs one: before, there was no AWS. */
export const [firstDay, lastDay] = ['2000-01-01', '2100-12-31'] as const;

/** Of a date, or of a moment in UTC, `2026-11-23T09:00:00Z`. One with another number of digits in its year is out of reach. */
export function isInReach(dateOrMoment: string): boolean {
  const day = dateOrMoment.slice(0, lastDay.length);
  return firstDay <= day && day <= lastDay;
}
