import pMap from 'p-map';
import { skewText } from '../model/clock-skew.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { orFallback, type PartialResult } from '../model/partial-result.ts';
import type { Recovered } from '../model/recovery.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Trigger } from '../model/slot.ts';
import { type StrikeEntry, strikeKey } from '../model/strike.ts';
import { type Readable, type UnreadableItem, unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import { messageOf } from '../util/error-text.ts';
import { counted } from '../util/format.ts';
import { available, type Lookup, unavailable } from '../util/lookup.ts';
import type { Closing } from './close-announced.ts';
import { type Verification, verifyStrike } from './verify-strike.ts';

/** The result of verifying earlier strikes. */
export interface Verified {
  readonly recoveries: readonly Recovered[];
  /** Strikes to close once they have been announced. */
  readonly closings: readonly Closing[];
  /** The strikes that are still open, for guards. */
  readonly open: Lookup<readonly StrikeEntry[]>;
  /** Unreadable items of open strikes, which cannot be verified. */
  readonly unreadable: readonly UnreadableItem[];
  readonly failures: readonly Failure[];
}

type VerifyingRun = RunContext & { readonly trigger: Trigger };
type VerifyingWorld = Pick<
  World,
  'ledger' | 'fleet' | 'clock' | 'skew' | 'config' | 'faults' | 'kinds' | 'journal' | 'announcer'
>;

/** AWS's listings lag by some seconds: observed immediately, a group looks as it did before the strike. */
const settlingMs = 60_000;

const strikesAtOnce = 8;

/**
 * Verifies the strikes of earlier runs: settles those that a dying run left without an outcome by observing the target, and observes
 * each group until it has recovered, or is leashed because it has not. Touches no target. If another run changes a strike at the same
 * time, that run's change stands.
 */
export async function verifyStrikes(run: VerifyingRun, world: VerifyingWorld): Promise<Verified> {
  const { ledger, clock } = world;
  const read = await openStrikes(ledger);
  if (!read.ok) return verified(read);
  const now = clock.now();
  const skewed = skewText(world.skew);
  const isSkewed = skewed !== undefined;
  // A command-line run reports only to its caller, so verification is left to the deployed function.
  const isVerifying = run.trigger !== 'cli';
  const due = isVerifying ? read.value.found.filter((strike) => isDue(strike, now)) : [];
  // With a wrong clock, a run that is still alive may seem to have ended.
  const judged = isSkewed ? due.filter(({ state }) => state === 'succeeded') : due;
  const { value: verifications, failures } = await verifyEach(judged, { now, isSkewed }, run, world);
  const open = verifications.some(({ isChanged }) => isChanged) ? await openStrikes(ledger) : read;
  // With a clock that is behind, overdue strikes may not seem due.
  const left = isVerifying && open.ok ? open.value.found.length : 0;
  const unjudged = isSkewed && left > 0 ? [failure('verify', new ClockSkewed(skewed, left))] : [];
  return verified(open, verifications, [...failures, ...unjudged]);
}

/** While its run, or AWS, may still be at it, a strike is left alone; so is one whose effect cannot show yet. */
function isDue({ state, at, abandonedAfter, undo, undoneAt }: StrikeEntry, now: number): boolean {
  // What lasts is the janitor's until it has ended.
  if (undo !== undefined) return undoneAt !== undefined && now >= Date.parse(undoneAt) + settlingMs;
  return now >= (state === 'succeeded' ? Date.parse(at) + settlingMs : abandonedAfter);
}

async function verifyEach(
  strikes: readonly StrikeEntry[],
  at: { readonly now: number; readonly isSkewed: boolean },
  run: RunContext,
  world: VerifyingWorld,
): Promise<PartialResult<readonly Verification[]>> {
  if (strikes.length === 0) return { value: [], failures: [] };
  const nothing = new Map<string, Observation>();
  const observed = await orFallback('verify', nothing, world.fleet.observe(strikes, run));
  const verifications = await pMap(
    strikes,
    async (strike): Promise<Verification> =>
      // A later run continues when this one has run out of time.
      world.clock.now() >= run.surveyBy
        ? { isChanged: false, failures: [] }
        : verifyStrike(strike, observed.value.get(strikeKey(strike)), at, world),
    { concurrency: strikesAtOnce },
  );
  return {
    value: verifications,
    failures: [...observed.failures, ...verifications.flatMap((one) => one.failures)],
  };
}

type OpenStrikes =
  | { readonly ok: true; readonly value: Readable<readonly StrikeEntry[]> }
  | { readonly ok: false; readonly reason: string; readonly unread: Failure };

/** The failure's code is the error's name, which tells causes apart. */
async function openStrikes(ledger: World['ledger']): Promise<OpenStrikes> {
  return ledger.openStrikes().then(
    (value): OpenStrikes => ({ ok: true, value }),
    (error: unknown): OpenStrikes => ({
      ok: false,
      reason: messageOf(error),
      unread: failure('verify', error),
    }),
  );
}

function verified(
  open: OpenStrikes,
  verifications: readonly Verification[] = [],
  failures: readonly Failure[] = [],
): Verified {
  return {
    recoveries: verifications.flatMap(({ recovered }) => recovered ?? []),
    closings: verifications.flatMap(({ closing }) => closing ?? []),
    open: open.ok ? available(open.value.found) : unavailable(open.reason),
    unreadable: open.ok ? open.value.unreadable : [],
    failures: [
      ...failures,
      ...(open.ok ? unreadableFailures('verify', open.value.unreadable) : [open.unread]),
    ],
  };
}

/** A wrong clock cannot tell whether a group's time is up. */
class ClockSkewed extends Error {
  override readonly name = 'ClockSkewed';

  constructor(skewed: string, left: number) {
    super(
      `${skewed}: ${counted(left, 'open strike')} left to a process whose clock is right. Correct this one's`,
    );
  }
}
