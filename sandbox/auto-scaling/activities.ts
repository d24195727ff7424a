import type { Instance } from '../ec2/instance.ts';
import type { Ids } from '../state/ids.ts';

/** A launch or a termination, as a group records it. */
export interface Activity {
  readonly id: string;
  readonly description: string;
  readonly cause: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly status: 'InProgress' | 'Successful' | 'Failed';
  readonly message?: string;
  /** Epoch ms; undefined while it is in progress. */
  readonly endedAt: number | undefined;
}

interface Entry extends Pick<Activity, 'id' | 'description' | 'cause' | 'startedAt' | 'message'> {
  /** Epoch ms. */
  readonly endsAt: number;
  /** What is launched. */
  readonly launched?: Instance;
}

/** "Information about the scaling activities of the past six weeks": API reference, DescribeScalingActivities. */
const keptMs = 42 * 86_400_000;

/** What a group has done. The status of each activity follows from the time at which it is asked for. */
export class Activities {
  readonly #ids: Ids;
  /** Oldest first. */
  #entries: Entry[] = [];

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  launching(launched: Instance, startedAt: number, endsAt: number): void {
    this.#add({
      launched,
      description: `Launching a new EC2 instance: ${launched.id}`,
      cause: `At ${iso(startedAt)} an instance was started in response to a difference between desired and actual capacity.`,
      startedAt,
      endsAt,
    });
  }

  launchFailed(startedAt: number): void {
    this.#add({
      description: 'Launching a new EC2 instance',
      cause: `At ${iso(startedAt)} an instance was started in response to a difference between desired and actual capacity.`,
      message: 'We currently do not have sufficient capacity. Launching EC2 instance failed.',
      startedAt,
      endsAt: startedAt,
    });
  }

  terminating({ id }: Instance, startedAt: number, endsAt: number): Activity {
    return activityAt(
      this.#add({
        description: `Terminating EC2 instance: ${id}`,
        cause: `At ${iso(startedAt)} instance ${id} was taken out of service.`,
        startedAt,
        endsAt,
      }),
      startedAt,
    );
  }

  /** "Sorted by start time. Activities still in progress are described first": API reference; the newest is first. */
  at(now: number): readonly Activity[] {
    const all = this.#entries
      .filter(({ startedAt }) => startedAt > now - keptMs)
      .map((entry) => activityAt(entry, now))
      .reverse();
    const inProgress = ({ status }: Activity) => status === 'InProgress';
    return [...all.filter(inProgress), ...all.filter((activity) => !inProgress(activity))];
  }

  #add(entry: Omit<Entry, 'id'>): Entry {
    const added = { ...entry, id: this.#ids.uuid() };
    const { startedAt: now } = added;
    if ((this.#entries[0]?.startedAt ?? now) <= now - keptMs) {
      this.#entries = this.#entries.filter(({ startedAt }) => startedAt > now - keptMs);
    }
    this.#entries.push(added);
    return added;
  }
}

function activityAt({ launched, endsAt, ...entry }: Entry, now: number): Activity {
  if (entry.message !== undefined) return { ...entry, status: 'Failed', endedAt: endsAt };
  const diedAt = launched?.endedAt(now);
  if (diedAt !== undefined && diedAt < endsAt) {
    const message = 'Instance became unhealthy while waiting for instance to be in InService state.';
    return { ...entry, status: 'Failed', message, endedAt: diedAt };
  }
  return now < endsAt
    ? { ...entry, status: 'InProgress', endedAt: undefined }
    : { ...entry, status: 'Successful', endedAt: endsAt };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
