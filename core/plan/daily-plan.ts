import type { Calendar } from '../calendar/calendar.ts';
import type { Leash } from '../config/resolve-leash.ts';
import type { ControlRecord } from '../model/control-record.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Group } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot, Trigger } from '../model/slot.ts';
import type { World } from '../ports/world.ts';
import { makePlanner } from './planner.ts';

/** Sees the groups that a run surveys, and finishes before the run strikes any of them. */
export interface SurveyObserver {
  see(group: Group): void;
  /** Called after the survey, with its failures. Never rejects: it returns its own failures, and the run continues. */
  surveyed(failures: readonly Failure[]): Promise<readonly Failure[]>;
}

type PlannedRun = Pick<RunContext, 'surveyBy'> & { readonly trigger: Trigger; readonly slot: Slot };

/**
 * Announces the day's plan before its first strike: in the day's first slot or, if that was lost or held by a gate, in the
 * next. Returns no observer if the configuration does not ask for plans, or if it has been announced already.
 */
export function dailyPlan(
  run: PlannedRun,
  { secret, planAnnounced }: ControlRecord,
  { mode }: Leash,
  calendar: Calendar,
  { config, faults, kinds, clock, ledger, announcer }: World,
): readonly SurveyObserver[] {
  const { trigger, slot, surveyBy } = run;
  const day = calendar.dayOf(slot.at);
  const isAsked = config.notifications.dailyPlan && trigger === 'schedule';
  if (!isAsked || planAnnounced === day || !calendar.slots(day).includes(slot.at)) return [];
  const now = clock.now();
  const hasTime = () => clock.now() < surveyBy;
  const planner = makePlanner([day], { config, calendar, faults, kinds, secret, since: slot.at, hasTime });
  return [
    {
      see: planner.see,
      surveyed: async (failures) => {
        try {
          await announcer.announcePlan(await planner.finish({ ledger, now, mode, failures }));
          // Announced twice is better than never.
          await ledger.setPlanAnnounced(day);
          return [];
        } catch (error) {
          return [failure('announce', error)];
        }
      },
    },
  ];
}
