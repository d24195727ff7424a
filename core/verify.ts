import { failure, messageOf } from './errors.ts';
import type { FaultRegistry } from './fault.ts';
import { orElse } from './gathered.ts';
import { type Group, healthyMembers } from './group.ts';
import { asKnown, type Known } from './known.ts';
import {
  NotStanding,
  type Observation,
  type RunContext,
  type StrikeEntry,
  strikeKey,
  type World,
} from './ports.ts';
import type { Failure, Recovered, Recovery } from './report.ts';

/** What looking after earlier strikes came to. */
export interface Verified {
  readonly recoveries: readonly Recovered[];
  /** The strikes that are still open, to guards. */
  readonly open: Known<readonly StrikeEntry[]>;
  readonly failures: readonly Failure[];
}

/** AWS's listings lag behind what was done by some seconds: who looks at once sees the group as it was. */
const settlingMs = 60_000;

/** A group that could not be looked at for so long counts as one that has not recovered. */
const givenUpMs = 24 * 60 * 60_000;

/**
 * Looks after the strikes of earlier runs: those that a dying run left without an outcome get theirs by a look at the
 * instance, and each group is watched until it has recovered, or is leashed because it has not. Touches no target. What
 * another run does at the same moment is left to it.
 */
export async function verifyStrikes(
  run: RunContext,
  world: Pick<World, 'ledger' | 'fleet' | 'clock' | 'config' | 'faults' | 'journal'>,
): Promise<Verified> {
  const { ledger, fleet, clock, journal } = world;
  const open = await asKnown(ledger.openStrikes());
  if ('unknown' in open) {
    return { recoveries: [], open, failures: [failure('verify', new Error(open.unknown))] };
  }
  const now = clock.now();
  const due = open.known.filter((strike) => isDue(strike, now));
  if (due.length === 0) return { recoveries: [], open, failures: [] };

  const seen = await orElse('verify', new Map<string, Observation>(), fleet.observe(due, run));
  const recoveries: Recovered[] = [];
  const failures: Failure[] = [...seen.failures];
  let isChanged = false;
  for (const strike of due) {
    const { account, region } = strike.target;
    const tell = (error: unknown) => {
      failures.push(failure('verify', error, { account, region, group: strike.group }));
    };
    try {
      const found = await verify(strike, seen.found.get(strikeKey(strike)), world, now, tell);
      isChanged ||= found !== 'waits';
      if (typeof found === 'string') continue;
      const recovered = recoveredOf(strike, found);
      journal.verified(recovered);
      recoveries.push(recovered);
    } catch (error) {
      isChanged = true;
      // Another run was quicker.
      if (!(error instanceof NotStanding)) tell(error);
    }
  }
  return { recoveries, open: isChanged ? await asKnown(ledger.openStrikes()) : open, failures };
}

/** What its run, or AWS, may still be at is left alone; so is what cannot show yet. */
function isDue({ state, at, abandonedAfter }: StrikeEntry, now: number): boolean {
  return now >= (state === 'succeeded' ? Date.parse(at) + settlingMs : abandonedAfter);
}

/**
 * How the group got over the strike; or that only the strike's outcome was found, or nothing new. Tells of a run that died, as
 * its own report was never made.
 */
async function verify(
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
    return now < Date.parse(strike.at) + givenUpMs ? 'waits' : giveUp(strike, ledger, now);
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
  const recovery = recoveryOf(strike, seen.group, seen.launchesEnded, config.recovery.withinMinutes, now);
  if (recovery === undefined) return state === strike.state ? 'waits' : 'settled';
  await ledger.close(strike, recovery);
  return recovery;
}

async function giveUp(strike: StrikeEntry, ledger: World['ledger'], now: number): Promise<Recovery> {
  const text = `it could not be looked at for a day after ${strike.target.instanceId} was struck by run ${strike.runId}`;
  if (strike.state === 'striking') await ledger.settle(strike, { outcome: 'unknown', detail: text });
  const recovery: Recovery = { outcome: 'not-recovered', at: new Date(now).toISOString(), text };
  await ledger.close(strike, recovery);
  return recovery;
}

function outcomeSeen({ fault, target }: StrikeEntry, seen: Observation, faults: FaultRegistry) {
  const tookEffect = faults.get(fault.name)?.tookEffect?.(seen.target);
  const { instanceState = 'gone', lifecycle = 'no member' } = seen.target;
  const look = `${target.instanceId} was found ${instanceState}, ${lifecycle}`;
  if (tookEffect === undefined) {
    return { outcome: 'unknown' as const, detail: `${look}, which does not show whether it was struck` };
  }
  return tookEffect
    ? { outcome: 'succeeded' as const, detail: look }
    : { outcome: 'failed' as const, detail: `${look}: it was not struck` };
}

/** Undefined while the group is not back and its time is not up. */
function recoveryOf(
  strike: StrikeEntry,
  group: Group | undefined,
  launchesEnded: readonly number[],
  withinMinutes: number,
  now: number,
): Recovery | undefined {
  const at = new Date(now).toISOString();
  const struckAt = Date.parse(strike.at);
  if (group === undefined) return { outcome: 'gone', at, text: 'the group is no more' };

  const healthy = healthyMembers(group).reduce((sum, member) => sum + member.capacity, 0);
  // Nobody says how many a standalone group should have: as many as it had.
  const needed = group.kind === 'asg' ? group.desired : strike.healthy;
  const count = `${healthy} of ${needed} ${group.kind === 'asg' ? 'desired' : 'before'} are healthy`;
  if (healthy >= needed) {
    const [launched] = launchesEnded.toSorted((a, b) => a - b);
    const tookMs = (launched ?? now) - struckAt;
    return { outcome: 'recovered', at, tookMs, exact: launched !== undefined, text: count };
  }
  if (now < struckAt + withinMinutes * 60_000) return undefined;
  return {
    outcome: 'not-recovered',
    at,
    text: `${count}, ${Math.floor((now - struckAt) / 60_000)} minutes after ${strike.target.instanceId} was struck by run ${strike.runId}`,
  };
}

function recoveredOf({ group, target, runId, slot, at }: StrikeEntry, recovery: Recovery): Recovered {
  return { group, instanceId: target.instanceId, runId, slot, struckAt: at, recovery };
}

/** The code of the failure that tells of it. Not the class's own name, which does not outlive the bundler. */
export const runDied = 'RunDied';

/** A run that ended in the middle of a strike. Its report was never made, so a later one tells. */
class RunDied extends Error {
  override readonly name = runDied;

  constructor({ runId, target }: StrikeEntry, found: string) {
    super(`run ${runId} died while it struck ${target.instanceId}. ${messageOf(found)}`);
  }
}
