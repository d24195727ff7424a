import {
  type Activity,
  type AutoScalingClient,
  paginateDescribeScalingActivities,
} from '@aws-sdk/client-auto-scaling';

const ended: readonly (string | undefined)[] = ['Successful', 'Failed', 'Cancelled'];

/** A launch that brought an instance into service. */
export interface Launch {
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms. */
  readonly endedAt: number;
}

/**
 * A group's scaling activities that have not ended: `Launching a new EC2 instance: i-0abc`. Reads one page: those in progress come
 * first.
 */
export async function unendedActivities(
  client: AutoScalingClient,
  group: string,
): Promise<readonly string[]> {
  for await (const page of activities(client, group, 10)) {
    // "A response can contain fewer items than MaxRecords, even when more items are available": a page may even be empty.
    if (page.length === 0) continue;
    return page.filter((activity) => !hasEnded(activity)).map(({ Description = '' }) => Description);
  }
  return [];
}

/** A group's own scaling since some moment. */
export interface ScalingSince {
  /** Those that succeeded. */
  readonly launches: readonly Launch[];
  /** Whether any activity is still in progress. */
  readonly isScaling: boolean;
}

/** `since` is epoch ms. */
export async function scalingSince(
  client: AutoScalingClient,
  group: string,
  since: number,
): Promise<ScalingSince> {
  const launches: Launch[] = [];
  let isScaling = false;
  for await (const page of activities(client, group, 100)) {
    for (const activity of page) {
      const startedAt = activity.StartTime?.getTime() ?? Number.NaN;
      // After those in progress, the newest come first.
      if (hasEnded(activity) && startedAt <= since) return { launches, isScaling };
      isScaling ||= !hasEnded(activity);
      const endedAt = activity.EndTime?.getTime();
      if (isLaunch(activity) && endedAt !== undefined && startedAt > since)
        launches.push({ startedAt, endedAt });
    }
  }
  return { launches, isScaling };
}

async function* activities(
  client: AutoScalingClient,
  group: string,
  pageSize: number,
): AsyncGenerator<readonly Activity[]> {
  const pages = paginateDescribeScalingActivities({ client, pageSize }, { AutoScalingGroupName: group });
  for await (const { Activities = [] } of pages) yield Activities;
}

function hasEnded({ StatusCode }: Activity): boolean {
  return ended.includes(StatusCode);
}

/** Launches into a warm pool do not count: those instances are not in service. */
function isLaunch({ StatusCode, Description = '' }: Activity): boolean {
  return StatusCode === 'Successful' && /^Launching a new EC2 instance(?! into warm pool)/.test(Description);
}
