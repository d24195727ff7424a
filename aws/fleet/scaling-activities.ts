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
 * A group's scaling activities that have not ended: `Launching a new EC2 instance: i-0abc`. At most as many as fit on a page,
 * as those in progress are listed first.
 */
export async function unendedActivities(
  client: AutoScalingClient,
  group: string,
): Promise<readonly string[]> {
  for await (const page of activities(client, group, 10)) {
    // "A response can contain fewer items than MaxRecords, even when more items are available": an empty page is no answer.
    if (page.length === 0) continue;
    return page.filter((activity) => !hasEnded(activity)).map(({ Description = '' }) => Description);
  }
  return [];
}

/** A group's launches that began after a moment, epoch ms, and have ended well. */
export async function launchesSince(
  client: AutoScalingClient,
  group: string,
  since: number,
): Promise<readonly Launch[]> {
  const launches: Launch[] = [];
  for await (const page of activities(client, group, 100)) {
    for (const activity of page) {
      const startedAt = activity.StartTime?.getTime() ?? Number.NaN;
      // Behind those in progress, the newest come first.
      if (hasEnded(activity) && startedAt <= since) return launches;
      const endedAt = activity.EndTime?.getTime();
      if (isLaunch(activity) && endedAt !== undefined && startedAt > since)
        launches.push({ startedAt, endedAt });
    }
  }
  return launches;
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

/** What goes into a warm pool is not in service. */
function isLaunch({ StatusCode, Description = '' }: Activity): boolean {
  return StatusCode === 'Successful' && /^Launching a new EC2 instance(?! into warm pool)/.test(Description);
}
