import type { Schedule } from '../scheduler/schedule.ts';

/** All schedules of a sandbox that have something to do, whatever their account and region. */
export class Agenda {
  readonly #schedules = new Set<Schedule>();

  add(schedule: Schedule): void {
    this.#schedules.add(schedule);
  }

  delete(schedule: Schedule): void {
    this.#schedules.delete(schedule);
  }

  /** The first that is due; of several with the same time the one that was created first. */
  dueBy(now: number): Schedule | undefined {
    let first: Schedule | undefined;
    for (const schedule of this.#schedules) {
      const { dueAt } = schedule;
      if (dueAt === undefined || dueAt > now) continue;
      if (first?.dueAt === undefined || dueAt < first.dueAt) first = schedule;
    }
    return first;
  }
}
