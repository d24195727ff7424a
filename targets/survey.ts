import type { Config, TargetAccount } from '#core/config/config.ts';
import { DeadlineReached, type Failure, failure } from '#core/model/failure.ts';
import type { Group } from '#core/model/group.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { KindReader } from './kind-reader.ts';
import type { Place, Readers } from './read-clients.ts';
import { regionNotEnabled } from './region-not-enabled.ts';
import type { TagReader } from './tags.ts';

/** The survey of one account and region; incomplete if there are failures. */
export interface Surveyed<Seen> {
  readonly seen: readonly Seen[];
  readonly failures: readonly Failure[];
  /** Whether the region seems not to be enabled in the account: every call fails. */
  readonly isNotEnabled: boolean;
}

/** One result per region of the account, or a single failure. */
export async function surveyAccount<Seen>(
  account: TargetAccount,
  run: RunContext,
  see: (group: Group) => Seen,
  parts: {
    readonly looking: Readers;
    readonly readers: readonly KindReader[];
    readonly tags: TagReader;
    readonly config: Config;
  },
): Promise<readonly Surveyed<Seen>[]> {
  try {
    const lookIn = await parts.looking.inAccount(account, run, run.surveyBy);
    const regions = await Promise.all(
      account.regions.map((region) => {
        const place = { account: account.id, region };
        return surveyRegion(
          place,
          parts.readers.flatMap((reader) => reader.discover(lookIn(region), place, parts.tags, parts.config)),
          see,
        );
      }),
    );
    return regions.every(({ isNotEnabled }) => isNotEnabled) && regions.length > 1
      ? regions
      : regions.map(hinted);
  } catch (error) {
    const stage = error instanceof DeadlineReached ? 'survey' : 'assume-role';
    return [{ seen: [], failures: [failure(stage, error, { account: account.id })], isNotEnabled: false }];
  }
}

/** Replaces the failures of all calls by one, with the remedy. */
function hinted<Seen>(region: Surveyed<Seen>): Surveyed<Seen> {
  const [first] = region.failures;
  if (first === undefined || !region.isNotEnabled) return region;
  const hint = `${first.region} may not be enabled in this account. If so, remove it from the account's regions`;
  return { ...region, failures: [{ ...first, message: `${first.message}. ${hint}` }] };
}

async function surveyRegion<Seen>(
  place: Place,
  listings: readonly Promise<readonly Group[]>[],
  see: (group: Group) => Seen,
): Promise<Surveyed<Seen>> {
  const answers = await Promise.allSettled(listings);
  const failures = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [failure('survey', answer.reason, place)] : [],
  );
  return {
    seen: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.map(see) : [])),
    failures,
    isNotEnabled:
      failures.length === answers.length && failures.every(({ code }) => regionNotEnabled.has(code)),
  };
}
