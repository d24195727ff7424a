import { alarms } from './alarms.ts';
import { changeCalendar } from './change-calendar.ts';
import { clock } from './clock.ts';
import { freeze } from './freeze.ts';
import type { Gate } from './gate.ts';
import { schedule } from './schedule.ts';
import { stop } from './stop.ts';

/** All gates, in the order in which reports list them. */
export const allGates: readonly Gate[] = [stop, clock, schedule, freeze, changeCalendar, alarms];
