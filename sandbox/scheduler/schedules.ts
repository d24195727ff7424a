import type { Tags } from '#core/model/group.ts';
import { arnIn, type Place } from '../state/place.ts';
import { type Delivery, Schedule, type ScheduleSeed } from './schedule.ts';

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly tags: Tags;
  readonly createdAt: number;
}

/** What an account has of EventBridge Scheduler in a region. */
export class Schedules {
  readonly groups = new Map<string, ScheduleGroup>();
  /** Every call of a target, the failed ones too. */
  readonly deliveries: Delivery[] = [];
  readonly #place: Place;
  readonly #byArn = new Map<string, Schedule>();
  /** The requests that have created something: a request that is sent again because its answer was lost succeeds. */
  readonly #answered = new WeakMap<object, string>();

  constructor(place: Place) {
    this.#place = place;
    this.addGroup('default');
  }

  addGroup(name: string, tags: Tags = {}): ScheduleGroup {
    const arn = arnIn(this.#place, 'scheduler', `schedule-group/${name}`);
    const group = { name, arn, tags, createdAt: this.#place.context.clock.now() };
    this.groups.set(name, group);
    return group;
  }

  /** With all of its schedules. */
  deleteGroup(name: string): void {
    this.groups.delete(name);
    for (const schedule of this.all) if (schedule.seed.group === name) this.delete(schedule);
  }

  get all(): readonly Schedule[] {
    return [...this.#byArn.values()];
  }

  get(name: string, group: string): Schedule | undefined {
    return this.#byArn.get(this.arnOf(name, group));
  }

  add(seed: ScheduleSeed, createdAt: number): Schedule {
    const { account, region, context } = this.#place;
    const arn = this.arnOf(seed.name, seed.group);
    const { scheduleDelayMs } = context.timings;
    const schedule = new Schedule(seed, { arn, account, region, createdAt }, scheduleDelayMs);
    this.#byArn.set(arn, schedule);
    context.agenda.add(schedule);
    return schedule;
  }

  delete(schedule: Schedule): void {
    this.#byArn.delete(schedule.arn);
    this.#place.context.agenda.delete(schedule);
  }

  /** Notes what has become of a call of a schedule's target. */
  deliver(schedule: Schedule, at: number, error: Error | undefined): void {
    this.deliveries.push({ schedule: schedule.seed.name, at, error });
    if (error === undefined) schedule.succeed();
    else schedule.fail(at, this.#place.context.timings.scheduleRetryMs);
    if (schedule.dueAt !== undefined) return;
    if (schedule.seed.afterCompletion === 'DELETE') this.delete(schedule);
    else this.#place.context.agenda.delete(schedule);
  }

  answerTo(request: object): string | undefined {
    return this.#answered.get(request);
  }

  remember(request: object, arn: string): void {
    this.#answered.set(request, arn);
  }

  arnOf(name: string, group: string): string {
    return arnIn(this.#place, 'scheduler', `schedule/${group}/${name}`);
  }
}
