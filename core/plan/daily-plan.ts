import type { Calendar } from '../calendar/calendar.ts';
import type { Leash } from '../config/leash.ts';
import type { Control } from '../model/control.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Group } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot, Trigger } from '../model/slot.ts';
import type { World } from '../ports/world.ts';
import { planOf } from './planner.ts';

/** Sees the groups that a run surveys, and is done before the run strikes any of them. */
export interface SurveyObserver {
  see(group: Group): void;
  /** The survey is over; what it could not see. Never rejects: what could not be done is a failure, and the run goes on. */
  surveyed(failures: readonly Failure[]): Promise<readonly Failure[]>;
}

type PlannedRun = Pick<RunContext, 'surveyBy'> & { readonly trigger: Trigger; readonly slot: Slot };

/**
 * Announces the day's plan before the first of its strikes: in the day's first slot; where that was lost, or held back by a gate,
 * in the next. None where the configuration does not ask for it, or it has been announced.
 */
export function dailyPlan(
  run: PlannedRun,
  { secret, planAnnounced }: Control,
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
  const planner = planOf([day], { config, calendar, faults, kinds, secret, since: slot.at, hasTime });
  return [
    {
      see: planner.see,
      surveyed: async (failures) => {
        try {
          await announcer.announcePlan(await planner.settled({ ledger, now, mode, failures }));
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
