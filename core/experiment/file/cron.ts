/** A date, as the days of a schedule are told by: `weekday` is 1 on a Sunday, `last` the last day of its month. */
export interface CronDate {
  readonly day: number;
  readonly weekday: number;
  readonly last: number;
}

/** A schedule in the words of EventBridge Scheduler. Values ascend. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  isDay(date: CronDate): boolean;
}

interface Field {
  readonly values: string;
  readonly from: number;
  readonly to: number;
  /** Of the values, from the first on. */
  readonly names?: readonly string[];
  readonly hasSteps: boolean;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Source: EventBridge Scheduler's user guide, "Schedule types", cron-based schedules. */
const fields = {
  minutes: { values: 'minutes from 0 to 59', from: 0, to: 59, hasSteps: true },
  hours: { values: 'hours from 0 to 23', from: 0, to: 23, hasSteps: true },
  days: { values: 'days of the month from 1 to 31, L, 15W or ?', from: 1, to: 31, hasSteps: true },
  months: { values: 'months from 1 to 12 or JAN to DEC', from: 1, to: 12, names: months, hasSteps: true },
  weekdays: {
    values: 'weekdays from 1 to 7 or SUN to SAT, L, FRIL, TUE#2 or ?',
    ...{ from: 1, to: 7, names: weekdays, hasSteps: false },
  },
  years: { values: 'years from 1970 to 2199', from: 1_970, to: 2_199, hasSteps: true },
} as const satisfies Record<string, Field>;

/** Parses the six fields of a schedule: minutes, hours, day, month, weekday, year. A string is what was expected instead. */
export function parseCron(text: string): Cron | string {
  const words = text.split(' ');
  const [minutes = '', hours = '', day = '', month = '', weekday = '', year = ''] = words;
  if (words.length !== 6) return 'expected six fields: minutes, hours, day, month, weekday, year';
  if ((day === '?') === (weekday === '?')) return 'expected ? as the day or as the weekday, and not as both';
  const parsed = {
    minutes: valuesOf(minutes, fields.minutes),
    hours: valuesOf(hours, fields.hours),
    months: valuesOf(month, fields.months),
    years: valuesOf(year, fields.years),
    isDay: day === '?' ? weekdayRule(weekday) : dayRule(day),
  };
  const mistake = Object.values(parsed).find((one) => typeof one === 'string');
  return mistake ?? (parsed as Cron);
}

function dayRule(text: string): Cron['isDay'] | string {
  if (text === 'L') return ({ day, last }) => day === last;
  const [, near] = /^(\d+)W$/.exec(text) ?? [];
  const days = valuesOf(near ?? text, fields.days);
  if (typeof days === 'string') return near === undefined ? days : notOne(text, fields.days);
  if (near === undefined) return ({ day }) => days.includes(day);
  return (date) => isClosestWorkday(date, Number(near));
}

/** To a day of the month, and within it. */
function isClosestWorkday({ day, weekday, last }: CronDate, wanted: number): boolean {
  if (wanted > last || weekday === 1 || weekday === 7) return false;
  const [isMonday, isFriday] = [weekday === 2, weekday === 6];
  return (
    day === wanted ||
    // A Saturday or a Sunday goes to its neighbor, unless that is in another month.
    (isFriday && day === wanted - 1) ||
    (isMonday && day === wanted + 1) ||
    (isMonday && wanted === 1 && day === 3) ||
    (isFriday && wanted === last && day === last - 2)
  );
}

function weekdayRule(text: string): Cron['isDay'] | string {
  const [, name, count, isLast] = /^(\w+?)(?:#([1-5])|(L))$/.exec(text) ?? [];
  const days = valuesOf(text === 'L' ? 'SAT' : (name ?? text), fields.weekdays);
  if (typeof days === 'string') return name === undefined ? days : notOne(text, fields.weekdays);
  return ({ day, weekday, last }) =>
    days.includes(weekday) &&
    (count === undefined || Math.ceil(day / 7) === Number(count)) &&
    (isLast === undefined || day > last - 7);
}

/** `*`, `5`, `1-5`, `0/15`, and lists of them. */
function valuesOf(text: string, field: Field): readonly number[] | string {
  const all = text.split(',').map((part) => partOf(part, field));
  if (all.includes(undefined)) return notOne(text, field);
  return [...new Set(all.flatMap((one) => one ?? []))].sort((a, b) => a - b);
}

function partOf(text: string, { from, to, names = [], hasSteps }: Field): readonly number[] | undefined {
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(text) ?? [];
  const numberOf = (word: string) => {
    const value = /^\d{1,4}$/.test(word) ? Number(word) : names.indexOf(word) + from;
    return value >= from && value <= to && (names.includes(word) || /^\d/.test(word)) ? value : undefined;
  };
  const [low, high, ...more] = range === '*' ? [from, to] : range.split('-').map(numberOf);
  const by = step === undefined ? 1 : Number(step);
  const end = high ?? (range.includes('-') ? undefined : step === undefined ? low : to);
  if (low === undefined || end === undefined || more.length > 0 || end < low) return undefined;
  if (by < 1 || by > to || (step !== undefined && !hasSteps)) return undefined;
  return Array.from({ length: Math.floor((end - low) / by) + 1 }, (_, index) => low + index * by);
}

function notOne(text: string, { values, hasSteps }: Field): string {
  const also = hasSteps ? ', ranges, lists or steps' : ', ranges or lists';
  return `expected ${values}${also}, not ${text}`;
}
