import { Temporal } from 'temporal-polyfill';
import type { AutoScalingGroup } from '#sandbox/auto-scaling/auto-scaling-group.ts';
import { aGroup } from '../support/a-group.ts';
import { invariants, slotOf } from './invariants.ts';
import type { Invocation } from './invocation.ts';
import { randomScenario, type Scenario } from './random-scenario.ts';
import { referenceCalendar } from './reference-calendar.ts';
import { SeededRandom } from './seeded-random.ts';
import { type SimulatedOrganization, simulatedOrganization } from './simulated-organization.ts';

/** The history of a seed: the same lines whenever it is simulated. */
export interface History {
  readonly seed: number;
  readonly lines: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

interface Event {
  readonly at: number;
  readonly happens: () => Promise<void>;
  /** Changes nothing that an invariant covers: its effects are checked with the next event. */
  readonly isQuiet?: true;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Simulates some days of an organization under failures. Throws, naming the seed, if an invariant is violated. */
export async function simulateSeed(seed: number): Promise<History> {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(random.split());
  const world = simulatedOrganization(scenario, random.split());
  const held = invariants(world);
  const lines: string[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const say = (text: string) => lines.push(`${new Date(world.clock.now()).toISOString()} ${text}`);
  try {
    world.weather.storm = random.pick([0, 1, 1, 3]);
    const events = [
      ...deliveries(scenario, world, random.split(), count),
      ...changes(scenario, world, random.split(), count),
      ...watchdog(scenario, world, random.split(), count),
    ].sort((a, b) => a.at - b.at);
    const underWay: Promise<void>[] = [];
    const violations: unknown[] = [];
    for (const { at, happens, isQuiet } of events) {
      await world.clock.sleep(at - world.clock.now());
      const step = isQuiet ? happens() : happens().then(held.check);
      underWay.push(step.catch((error: unknown) => void violations.push(error)));
      if (violations.length > 0) throw violations[0];
    }
    await Promise.all(underWay);
    if (violations.length > 0) throw violations[0];
    await comesToRest(world);
    await held.check();
    const entries = await held.checkEnd();
    for (const { group, slot, state, recovery } of entries) {
      say(`${group} ${slot} ${state} ${recovery?.outcome ?? '-'} ${recovery?.tookMs ?? '-'}`);
      count(`strike ${state}`);
      if (recovery !== undefined) count(recovery.outcome);
    }
    for (const effect of world.effects) {
      lines.push(
        `${effect.at} ${effect.group} ${effect.instanceId} ${slotOf(effect)} ${effect.invocation.id}`,
      );
    }
    count('seeds');
    return { seed, lines, counts };
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Slots as the Scheduler delivers them: some twice, some late, some never; some outside the schedule. */
function deliveries(
  { config, days }: Scenario,
  world: SimulatedOrganization,
  random: SeededRandom,
  count: (what: string) => void,
): readonly Event[] {
  const { timeZone, from, everyMinutes } = config.schedule;
  const calendar = referenceCalendar(config);
  const events: Event[] = [];
  let ids = 0;
  const invokedAt = (at: number, event: object) => {
    ids += 1;
    const id = `invocation-${ids}`;
    const skewMs = random.int(-20_000, 20_000);
    const deaths = [0, 1, 2].map(() => (random.chance(0.25) ? deathOf(random) : undefined));
    events.push({ at, happens: () => delivered({ id, event, skewMs }, deaths, world, count) });
  };

  for (const day of days) {
    const midnight = Temporal.PlainDate.from(day).toZonedDateTime(timeZone);
    const first = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: from });
    const last = midnight.add({ days: 1 });
    for (
      let slot = first;
      slot.epochMilliseconds < last.epochMilliseconds;
      slot = slot.add({ minutes: everyMinutes })
    ) {
      const at = slot.epochMilliseconds;
      const event = { slot: `${new Date(at).toISOString().slice(0, 19)}Z`, dryRun: false };
      const isKnown = calendar.isOpen(at);
      if (random.chance(isKnown ? 0.08 : 0.9)) continue;
      const lateMs = random.chance(0.2) ? random.int(0, 30 * minuteMs) : random.int(0, 2_000);
      invokedAt(at + lateMs, event);
      if (random.chance(0.35))
        invokedAt(at + lateMs + random.int(0, random.pick([1_000, 20 * minuteMs])), event);
      for (const after of [4, 25]) {
        if (random.chance(0.5)) invokedAt(at + after * minuteMs + random.int(0, 60_000), { task: 'verify' });
      }
      // A person, at any time, for any group.
      if (random.chance(0.15)) invokedAt(at + random.int(0, 100 * minuteMs), { dryRun: false, force: true });
    }
  }
  return events;
}

function deathOf(random: SeededRandom) {
  return { atCall: random.int(1, 45), when: random.pick(['before', 'after'] as const) };
}

/** Lambda retries an invocation twice. */
async function delivered(
  invocation: Invocation,
  deaths: readonly (Invocation['death'] | undefined)[],
  world: SimulatedOrganization,
  count: (what: string) => void,
): Promise<void> {
  for (const death of deaths) {
    const ending = await world.invoke({ ...invocation, ...(death && { death }) });
    count('runs');
    if (typeof ending === 'object' && 'answer' in ending) return;
    count(typeof ending === 'object' ? 'runs that threw' : `runs that ${ending}`);
    await world.clock.sleep(minuteMs);
  }
}

/** What others do meanwhile: owners of the fleets, and people who set and lift the stop. */
function changes(
  scenario: Scenario,
  world: SimulatedOrganization,
  random: SeededRandom,
  count: (what: string) => void,
): readonly Event[] {
  const { startsAt, days } = scenario;
  const length = days.length * 24 * hourMs;
  const groups = scenario.groups
    .filter(({ kind }) => kind === 'asg')
    .map(({ account, region, name }) => () => {
      const place = world.sandbox.account(account).region(region);
      return place.groupsAt(world.clock.now()).get(name);
    });
  const on = (what: string, change: (group: AutoScalingGroup) => void) => async () => {
    const group = random.pick(groups)();
    if (group === undefined) return;
    change(group);
    count(what);
  };
  const anyMember = (group: AutoScalingGroup) => random.pick(group.members).instance.id;
  const saysNo = async () => {
    const signal = random.pick(world.signals);
    world.turn(signal, 'no');
    count(`no by ${signal.name.split(' ')[0]}`);
    await world.clock.sleep(random.int(1, 600) * minuteMs);
    world.turn(signal, 'yes');
  };
  const acts: readonly (() => Promise<void>)[] = [
    on('scaled', (group) => group.setDesired(random.int(2, 5))),
    on('degraded', (group) => {
      if (group.members.length > 0) group.degrade(anyMember(group));
    }),
    on('redeployed', (group) => group.redeploy()),
    saysNo,
    saysNo,
    saysNo,
    async () => {
      count('stopped');
      const at = new Date(world.clock.now()).toISOString();
      await world.ledger.setStop({ reason: 'a test', by: 'somebody', at });
      await world.clock.sleep(random.int(1_000, 90 * minuteMs));
      await world.ledger.setStop(undefined);
    },
    async () => {
      count('vetoed');
      const { account, region, kind, name } = random.pick(scenario.groups);
      const now = world.clock.now();
      await world.ledger.setVeto(aGroup({ account, region, kind, name }).key, {
        reason: 'a test',
        by: 'somebody',
        at: new Date(now).toISOString(),
        until: new Date(now + random.int(1, 8) * hourMs).toISOString(),
      });
    },
    async () => {
      for (const { account, region, kind, name } of scenario.groups) {
        await world.ledger.setLeash(aGroup({ account, region, kind, name }).key, undefined);
      }
    },
  ];
  return Array.from({ length: days.length * 3 }, () => ({
    at: startsAt + random.int(0, length),
    happens: random.pick(acts),
  }));
}

/** A watchdog that restarts stopped instances every few minutes. */
function watchdog(
  { groups, startsAt, days }: Scenario,
  world: SimulatedOrganization,
  random: SeededRandom,
  count: (what: string) => void,
): readonly Event[] {
  if (random.chance(0.5)) return [];
  const everyMs = 12 * minuteMs;
  const rounds = (days.length * 24 * hourMs) / everyMs;
  return Array.from({ length: rounds }, (_, round) => ({
    at: startsAt + round * everyMs,
    isQuiet: true,
    happens: async () => {
      const now = world.clock.now();
      for (const { account, region } of groups) {
        const place = world.sandbox.account(account).region(region);
        for (const { id, state } of place.instances()) {
          if (state !== 'stopped') continue;
          place.instanceAt(now, id)?.start(now);
          count('started again');
        }
      }
    },
  }));
}

/** Failures end, owners repair what they broke, and verifications catch up. */
async function comesToRest(world: SimulatedOrganization): Promise<void> {
  world.weather.storm = 0;
  for (const { account, region, kind, name } of world.groups) {
    if (kind !== 'asg') continue;
    const group = world.sandbox.account(account).region(region).groupsAt(world.clock.now()).get(name);
    group?.failToLaunch(false);
    group?.resume('Launch');
    group?.resume('ReplaceUnhealthy');
  }
  for (let round = 0; round < 4; round += 1) {
    await world.invoke({ id: `rest-${round}`, event: { task: 'verify' }, skewMs: 0 });
    await world.clock.sleep(10 * minuteMs);
  }
}
