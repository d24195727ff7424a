import { Temporal } from 'temporal-polyfill';
import type { Config } from '#core/config/config.ts';
import type { GroupList } from '#core/reports/group-list.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Leaves enough time to deploy again. */
const soonDays = 60;

/** The function knows the holidays that were looked up at deployment. After the last year looked up, no day is a work day. */
export function holidayFindings(
  { holidaysThrough }: Pick<GroupList, 'holidaysThrough'>,
  { calendar, schedule }: Config,
  now: number,
): readonly Finding[] {
  const check = 'holidays';
  if (holidaysThrough === null) {
    return calendar.holidays.length === 0
      ? []
      : [warn(check, 'the holidays of the file are not deployed', 'npx cdk deploy')];
  }
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(schedule.timeZone)
    .toPlainDate();
  const left = today.until(holidaysThrough, { largestUnit: 'day' }).days;
  if (left < 0) {
    return [fail(check, `known through ${holidaysThrough}: no later day is a work day`, 'npx cdk deploy')];
  }
  const text = `known through ${holidaysThrough}`;
  return [
    left < soonDays ? warn(check, `${text}: deploy again before then`, 'npx cdk deploy') : ok(check, text),
  ];
}
