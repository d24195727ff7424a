import pMap from 'p-map';
import { skewText } from '../model/clock-skew.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { orFallback } from '../model/partial-result.ts';
import type { Recovered, Recovery } from '../model/recovery.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Trigger } from '../model/slot.ts';
import { StrikeConflict, type StrikeEntry, strikeKey } from '../model/strike.ts';
import { type Readable, type UnreadableItem, unreadableFailures } from '../model/unreadable-item.ts';
import type { Observation } from '../ports/fleet.ts';
import type { World } from '../ports/world.ts';
import { messageOf } from '../util/error-text.ts';
import { counted } from '../util/format.ts';
import { available, type Lookup, unavailable } from '../util/lookup.ts';
import { recoveryOf } from './assess-recovery.ts';
import type { Closing } from './close-announced.ts';
import { falseAlarm, raiseAlarm } from './raise-alarm.ts';

/** What looking after earlier strikes came to. */
export interface Verified {
  readonly recoveries: readonly Recovered[];
  /** Those of them that are to be closed once they were announced. */
  readonly closings: readonly Closing[];
  /** The strikes that are still open, to guards. */
  readonly open: Lookup<readonly StrikeEntry[]>;
  /** Items of open strikes that cannot be read: nobody looks after those. */
  readonly unreadable: readonly UnreadableItem[];
  readonly failures: readonly Failure[];
}

/** AWS's listings lag behind what was done by some seconds: who looks at once sees the group as it was. */
const settlingMs = 60_000;

/** Strikes looked after at once. */
const strikesAtOnce = 8;

/** A group that could not be looked at for so long counts as one that has not recovered. */
const givenUpMs = 24 * 60 * 60_000;

/**
 * Looks after the strikes of earlier runs: those that a dying run left without an outcome get theirs by a look at the
 * instance, and each group is watched until it has recovered, or is leashed because it has not. Touches no target. What
 * another run does at the same moment is left to it.
 */
export async function verifyStrikes(run: VerifyingRun, world: VerifyingWorld): Promise<Verified> {
  const { ledger, fleet, clock } = world;
  const read = await openStrikes(ledger);
  if (!read.ok) return verified(read);
  const now = clock.now();
  const skewed = skewText(world.skew);
  // A command-line run reports only to its caller, so verification is left to the deployed function.
  const due = run.trigger === 'cli' ? [] : read.value.found.filter((strike) => isDue(strike, now));
  // By a wrong clock a run that lives may count as one that has surely ended.
  const judged = due.filter(({ state }) => skewed === undefined || state === 'succeeded');
  const looks: Look[] = [];
  const failures: Failure[] = [];
  if (judged.length > 0) {
    const seen = await orFallback('verify', new Map<string, Observation>(), fleet.observe(judged, run));
    failures.push(...seen.failures);
    looks.push(
      ...(await pMap(
        judged,
        async (strike) => lookAfter(strike, seen.value.get(strikeKey(strike)), run, world, { now, skewed }),
        { concurrency: strikesAtOnce },
      )),
    );
  }
  const open = looks.some(({ isChanged }) => isChanged) ? await openStrikes(ledger) : read;
  // By a clock that is behind nothing may be due that has long been. On the command line it is for others to look.
  const left = !open.ok || run.trigger === 'cli' ? 0 : open.value.found.length;
  return verified(open, looks, [
    ...failures,
    ...looks.flatMap((look) => look.failures),
    ...(skewed === undefined || left === 0 ? [] : [failure('verify', new ClockSkewed(skewed, left))]),
  ]);
}

type Open =
  | { readonly ok: true; readonly value: Readable<readonly StrikeEntry[]> }
  | { readonly ok: false; readonly reason: string; readonly unread: Failure };

/** The failure has the error's name, by which one cause is told from another. */
async function openStrikes(ledger: World['ledger']): Promise<Open> {
  return ledger.openStrikes().then(
    (value): Open => ({ ok: true, value }),
    (error: unknown): Open => ({ ok: false, reason: messageOf(error), unread: failure('verify', error) }),
  );
}

function verified(read: Open, looks: readonly Look[] = [], failures: readonly Failure[] = []): Verified {
  const recoveries = looks.flatMap(({ recovered }) => recovered ?? []);
  const closings = looks.flatMap(({ closing }) => closing ?? []);
  if (!read.ok) {
    const { reason, unread } = read;
    return {
      recoveries,
      closings,
      open: unavailable(reason),
      unreadable: [],
      failures: [...failures, unread],
    };
  }
  const { found, unreadable } = read.value;
  return {
    recoveries,
    closings,
    open: available(found),
    unreadable,
    failures: [...failures, ...unreadableFailures('verify', unreadable)],
  };
}

type VerifyingRun = RunContext & { readonly trigger: Trigger };
type VerifyingWorld = Pick<
  World,
  'ledger' | 'fleet' | 'clock' | 'skew' | 'config' | 'faults' | 'journal' | 'announcer'
>;

/** What its run, or AWS, may still be at is left alone; so is what cannot show yet. */
function isDue({ state, at, abandonedAfter }: StrikeEntry, now: number): boolean {
  return now >= (state === 'succeeded' ? Date.parse(at) + settlingMs : abandonedAfter);
}

interface Look {
  readonly recovered?: Recovered;
  readonly closing?: Closing;
  /** Whether the list of open strikes is another now. */
  readonly isChanged: boolean;
  readonly failures: readonly Failure[];
}

async function lookAfter(
  strike: StrikeEntry,
  seen: Observation | undefined,
  run: VerifyingRun,
  world: VerifyingWorld,
  { now, skewed }: { readonly now: number; readonly skewed: string | undefined },
): Promise<Look> {
  const { clock, ledger, journal, announcer } = world;
  const { account, region } = strike.target;
  const failures: Failure[] = [];
  let isAlarmed = false;
  const tell = (error: unknown) => {
    failures.push(failure('verify', error, { account, region, group: strike.group }));
  };
  // A later run goes on where this one had no more time.
  if (clock.now() >= run.surveyBy) return { isChanged: false, failures };
  try {
    const recovery = await outcomeOf(strike, seen, world, now, tell);
    if (typeof recovery === 'string') return { isChanged: recovery === 'settled', failures };
    // That is for a process whose clock is right to say.
    if (recovery.outcome === 'not-recovered' && skewed !== undefined) return { isChanged: false, failures };
    const recovered = recoveredOf(strike, recovery);
    if (recovery.outcome === 'not-recovered') {
      journal.verified(recovered);
      // Before the strike is closed: who dies in between has raised it, and better twice than never. Where it cannot be raised
      // the report's message comes first instead: it names the group, and what keeps the alarm from ringing.
      const unraised = await raiseAlarm(recovered, announcer);
      if (unraised !== undefined) {
        tell(unraised);
        return { recovered, closing: { strike, recovery }, isChanged: false, failures };
      }
      isAlarmed = true;
    }
    failures.push(...unreadableFailures('verify', await ledger.close(strike, recovery)));
    if (recovery.outcome !== 'not-recovered') journal.verified(recovered);
    return { recovered, isChanged: true, failures };
  } catch (error) {
    // Another run was quicker.
    const told = error instanceof StrikeConflict ? isAlarmed && (await falseAlarm(strike, ledger)) : error;
    if (told) tell(told);
    return { isChanged: true, failures };
  }
}

/**
 * How the group got over the strike; or that only the strike's outcome was found, or nothing new. Tells of a run that died, as
 * its own report was never made.
 */
async function outcomeOf(
  strike: StrikeEntry,
  seen: Observation | undefined,
  { ledger, faults, config }: Pick<World, 'ledger' | 'faults' | 'config'>,
  now: number,
  tell: (died: RunDied) => void,
): Promise<Recovery | 'settled' | 'waits'> {
  if (strike.state === 'planned') {
    const detail = 'its run ended before AWS was asked';
    await ledger.settle(strike, { outcome: 'failed', detail });
    tell(new RunDied(strike, `${detail}: nothing was done`));
    return 'settled';
  }
  // What could not be looked at is a failure of its own, and waits; but not for ever, as it holds budgets of others.
  if (seen === undefined) {
    return now < Date.parse(strike.at) + givenUpMs ? 'waits' : givenUp(strike, ledger, now, tell);
  }

  let state: StrikeEntry['state'] = strike.state;
  if (state === 'striking' || state === 'unknown') {
    const found = outcomeSeen(strike, seen, faults);
    // What no look can show stays unknown, and its group is watched all the same.
    if (state !== found.outcome) await ledger.settle(strike, found);
    if (state === 'striking') tell(new RunDied(strike, found.detail));
    if (found.outcome === 'failed') return 'settled';
    state = found.outcome;
  }
  const losesInstance = faults.get(strike.fault.name)?.tookEffect !== undefined;
  const recovery = recoveryOf(strike, seen, losesInstance, config.recovery.withinMinutes, now);
  return recovery ?? (state === strike.state ? 'waits' : 'settled');
}

async function givenUp(
  strike: StrikeEntry,
  ledger: World['ledger'],
  now: number,
  tell: (died: RunDied) => void,
): Promise<Recovery> {
  const text = `it could not be looked at for a day after ${strike.target.id} was struck by run ${strike.runId}`;
  if (strike.state === 'striking') {
    await ledger.settle(strike, { outcome: 'unknown', detail: text });
    tell(new RunDied(strike, text));
  }
  return { outcome: 'not-recovered', at: new Date(now).toISOString(), text };
}

function outcomeSeen({ fault, target, at }: StrikeEntry, seen: Observation, faults: FaultRegistry) {
  const tookEffect = faults.get(fault.name)?.tookEffect?.(seen.target, Date.parse(at));
  const { instanceState = 'gone', lifecycle = 'no member' } = seen.target;
  const look = `${target.id} was found ${instanceState}, ${lifecycle}`;
  if (tookEffect === undefined) {
    return { outcome: 'unknown' as const, detail: `${look}, which does not show whether it was struck` };
  }
  return tookEffect
    ? { outcome: 'succeeded' as const, detail: look }
    : { outcome: 'failed' as const, detail: `${look}: it was not struck` };
}

function recoveredOf({ group, target, runId, slot, at }: StrikeEntry, recovery: Recovery): Recovered {
  return { group, target, runId, slot, struckAt: at, recovery };
}

/** Whether a group has had its time cannot be told by a clock that is wrong. */
class ClockSkewed extends Error {
  override readonly name = 'ClockSkewed';

  constructor(skewed: string, left: number) {
    super(
      `${skewed}: ${counted(left, 'open strike')} left to be judged by a process whose clock is right. Set this one's`,
    );
  }
}

/** The code of the failure that tells of it. Not the class's own name, which does not outlive the bundler. */
export const runDied = 'RunDied';

/** A run that left a strike without an outcome. Its report may never have been made, so a later one tells. */
class RunDied extends Error {
  override readonly name = runDied;

  constructor({ runId, target }: StrikeEntry, found: string) {
    super(`run ${runId} left its strike on ${target.id} without an outcome. ${found}`);
  }
}
