import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { TargetAccount } from '#core/config/config.ts';
import { DeadlineReached, type Failure, failure } from '#core/model/failure.ts';
import type { Group } from '#core/model/group.ts';
import type { RunContext } from '#core/model/run-context.ts';
import { autoScalingGroups } from './auto-scaling-groups.ts';
import type { Place, ReadClients, Readers } from './read-clients.ts';
import { regionNotEnabled } from './region-not-enabled.ts';
import { standaloneGroups } from './standalone-groups.ts';
import type { TagReader } from './tags.ts';

/** What was seen of an account and region; with failures, not all of it. */
export interface Surveyed<Seen> {
  readonly seen: readonly Seen[];
  readonly failures: readonly Failure[];
}

/** One for each region of the account, or a single failure. */
export async function surveyAccount<Seen>(
  account: TargetAccount,
  run: RunContext,
  see: (group: Group) => Seen,
  { looking, tags }: { readonly looking: Readers; readonly tags: TagReader },
): Promise<readonly Surveyed<Seen>[]> {
  try {
    const lookIn = await looking.inAccount(account, run, run.surveyBy);
    const regions = await Promise.all(
      account.regions.map((region) =>
        surveyRegion({ account: account.id, region }, lookIn(region), see, tags),
      ),
    );
    return regions.every(isNotEnabled) && regions.length > 1 ? regions : regions.map(hinted);
  } catch (error) {
    const stage = error instanceof DeadlineReached ? 'survey' : 'assume-role';
    return [{ seen: [], failures: [failure(stage, error, { account: account.id })] }];
  }
}

/** What is asked in a region: where it is not enabled, nothing of it is answered. */
const listings = 2;

function isNotEnabled({ failures }: Surveyed<unknown>): boolean {
  return failures.length === listings && failures.every(({ code }) => regionNotEnabled.has(code));
}

/** One failure in place of one for each call, which says what helps. */
function hinted<Seen>(region: Surveyed<Seen>): Surveyed<Seen> {
  const [first] = region.failures;
  if (first === undefined || !isNotEnabled(region)) return region;
  const hint = `${first.region} may not be enabled in this account: then leave it out of the account's regions`;
  return { ...region, failures: [{ ...first, message: `${first.message}. ${hint}` }] };
}

async function surveyRegion<Seen>(
  place: Place,
  look: ReadClients,
  see: (group: Group) => Seen,
  tags: TagReader,
): Promise<Surveyed<Seen>> {
  const answers = await Promise.allSettled([
    autoScalingGroups(look(AutoScalingClient), place, tags),
    standaloneGroups(look(EC2Client), place, tags),
  ]);
  return {
    seen: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.map(see) : [])),
    failures: answers.flatMap((answer) =>
      answer.status === 'rejected' ? [failure('survey', answer.reason, place)] : [],
    ),
  };
}
