import type { Config } from '#core/config/config.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { Decision } from '#core/model/decision.ts';
import type { Failure } from '#core/model/failure.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { Recovered } from '#core/model/recovery.ts';
import { type StrikeEntry, type StrikeOutcome, strikeKey } from '#core/model/strike.ts';
import type { Target } from '#core/model/target.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Fleet } from '#core/ports/fleet.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { StrikeSession } from '#core/ports/striker.ts';
import type { World } from '#core/ports/world.ts';
import type { Plan } from '#core/reports/plan.ts';
import type { RunReport, Strike } from '#core/reports/run-report.ts';
import { faults } from '#faults/registry.ts';
import type {
  InspectedInstance,
  InstanceGroup,
  InstanceObservation,
  InstanceTypes,
  Protection,
} from '#targets/instances/model.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from './a-config.ts';
import { inspectionOf } from './a-group.ts';
import { anInspection } from './a-guard-context.ts';
import { nowhere } from './nowhere.ts';

/** A world of fakes that notes what was done to it, in order. */
export interface FakeWorld extends World {
  /** `claim web`, `begin web`, `strike i-web-a`, `settle web succeeded`, `record-run`, `announce`... */
  readonly events: string[];
  readonly announced: RunReport[];
  readonly decided: Decision[];
  readonly struck: Strike[];
  readonly failed: Failure[];
  readonly plans: Plan[];
  readonly verified: Recovered[];
}

export function aWorld(
  parts: {
    readonly config?: Config;
    readonly groups?: readonly InstanceGroup[];
    readonly inspect?: (group: InstanceGroup) => readonly InspectedInstance[];
    /** What attributes protect an instance from. Left out: nothing. */
    readonly protectionsOf?: (target: Target) => readonly Protection[];
    /** What comes of a strike. Left out: it succeeds. */
    readonly strike?: StrikeSession['strike'];
    /** How a struck group is later; undefined where it could not be looked at. Left out: none could. */
    readonly observe?: (strike: StrikeEntry) => InstanceObservation | undefined;
    readonly clock?: Clock;
    /** What draws are a function of. */
    readonly secret?: string;
  } = {},
): FakeWorld {
  const { groups = [], inspect = inspectionOf, observe = () => undefined, config = aConfig() } = parts;
  const { protectionsOf = () => [], strike = succeeds, secret = 'ab'.repeat(32) } = parts;
  const events: string[] = [];
  const announced: RunReport[] = [];
  const decided: Decision[] = [];
  const struck: Strike[] = [];
  const failed: Failure[] = [];
  const plans: Plan[] = [];
  const verified: Recovered[] = [];
  const fleet: Fleet<InstanceTypes> = {
    survey: async (accounts, _run, see) => {
      events.push('survey');
      const ids = new Set(accounts.map(({ id }) => id));
      const seen = groups.filter(({ account }) => ids.has(account)).map(see);
      return { value: { seen, regionsSurveyed: accounts.length }, failures: [] };
    },
    find: async (places, name) => {
      events.push(`find ${name}`);
      const isThere = (group: InstanceGroup) =>
        places.some(({ account, region }) => account === group.account && region === group.region);
      const named = groups.filter((group) => group.name === name && isThere(group));
      return { value: new Map(named.map((group) => [group.key, group])), failures: [] };
    },
    inspect: async (drawn) => {
      events.push(`inspect ${drawn.map(({ name }) => name).join(',')}`);
      const found = new Map(
        drawn.map((group) => [group.key, anInspection(group, { instances: inspect(group) })]),
      );
      return { value: found, failures: [] };
    },
    protectionsOf: async (target) => protectionsOf(target),
    permissions: async () => [],
    prepare: async () => ({ unfit: 'no fault of this world lasts' }),
    observe: async (strikes) => {
      events.push(`observe ${strikes.map(({ group }) => group).join(',')}`);
      const found = strikes.flatMap((one) => {
        const seen = observe(one);
        return seen === undefined ? [] : [[strikeKey(one), seen] as const];
      });
      return { value: new Map(found), failures: [] };
    },
  };
  return {
    config,
    faults,
    kinds,
    clock: parts.clock ?? fixedClock('2026-11-23T09:00:00Z'),
    skew: { offsetMs: () => 0 },
    fleet,
    striker: {
      open: async (orders): Promise<PartialResult<readonly StrikeSession[]>> => {
        // As few sessions as hold the orders: none for none.
        if (orders.length === 0) return { value: [], failures: [] };
        events.push('open');
        const noted: typeof strike = async (order, until) => {
          events.push(`strike ${order.target.id}`);
          return strike(order, until);
        };
        return { value: [{ orders, strike: noted, reach: () => nowhere }], failures: [] };
      },
    },
    announcer: {
      announce: async (report) => {
        events.push('announce');
        announced.push(report);
      },
      announcePlan: async (plan) => {
        events.push('announce-plan');
        plans.push(plan);
      },
      raiseAlarm: async (recovered) => {
        events.push(`alarm ${recovered.group}`);
      },
    },
    signals: { alarms: async () => [], closedCalendars: async () => [] },
    journal: {
      begun: () => {},
      decided: (decision) => decided.push(decision),
      struck: (strike) => struck.push(strike),
      verified: (one) => verified.push(one),
      failed: (failure) => failed.push(failure),
      ended: () => {},
    },
    ledger: notingLedger(events, secret),
    events,
    announced,
    decided,
    struck,
    failed,
    plans,
    verified,
  };
}

export function fixedClock(time: string): Clock {
  return { now: () => Date.parse(time), sleep: async () => {} };
}

/** One that a test puts forward by hand. */
export function aClock(time: string): Clock & { set(time: string | number): void } {
  let now = Date.parse(time);
  return {
    now: () => now,
    sleep: async () => {},
    set: (to) => {
      now = typeof to === 'string' ? Date.parse(to) : to;
    },
  };
}

async function succeeds(): Promise<StrikeOutcome> {
  return { outcome: 'succeeded', detail: 'running -> shutting-down' };
}

/** The ledger in memory, noting what is written to it. */
function notingLedger(events: string[], secret: string): Ledger {
  const ledger = inMemoryLedger({ newSecret: () => secret });
  return {
    ...ledger,
    claim: (claim) => {
      events.push(`claim ${claim.group}`);
      return ledger.claim(claim);
    },
    begin: (strike) => {
      events.push(`begin ${strike.group}`);
      return ledger.begin(strike);
    },
    settle: (strike, outcome) => {
      events.push(`settle ${strike.group} ${outcome.outcome}`);
      return ledger.settle(strike, outcome);
    },
    close: (strike, recovery) => {
      events.push(`close ${strike.group} ${recovery.outcome}`);
      return ledger.close(strike, recovery);
    },
    recordRun: (report) => {
      events.push('record-run');
      return ledger.recordRun(report);
    },
  };
}
