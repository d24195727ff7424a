import type { Config } from '#core/config.ts';
import type { Group, InspectedInstance } from '#core/group.ts';
import { memoryLedger } from '#core/memory-ledger.ts';
import type { Clock, Gathered, Ledger, Order, StrikeSession, World } from '#core/ports.ts';
import type { Decision, Failure, RunReport, Strike } from '#core/report.ts';
import { faults } from '#faults/registry.ts';
import { aConfig } from './a-config.ts';
import { inspectionOf } from './a-group.ts';

/** A world of fakes that notes what was done to it, in order. */
export interface FakeWorld extends World {
  /** `claim web`, `strike i-web-a`, `record-strike web succeeded`, `record-run`, `announce`... */
  readonly events: string[];
  readonly announced: RunReport[];
  readonly decided: Decision[];
  readonly struck: Strike[];
  readonly failed: Failure[];
}

export function aWorld(
  parts: {
    readonly config?: Config;
    readonly groups?: readonly Group[];
    readonly inspect?: (group: Group) => readonly InspectedInstance[];
    readonly clock?: Clock;
  } = {},
): FakeWorld {
  const { groups = [], inspect = inspectionOf, config = aConfig() } = parts;
  const events: string[] = [];
  const announced: RunReport[] = [];
  const decided: Decision[] = [];
  const struck: Strike[] = [];
  const failed: Failure[] = [];
  return {
    config,
    faults,
    clock: parts.clock ?? fixedClock('2026-11-23T09:00:00Z'),
    fleet: {
      survey: async (accounts, _run, see) => {
        events.push('survey');
        const ids = new Set(accounts.map(({ id }) => id));
        const seen = groups.filter(({ account }) => ids.has(account)).map(see);
        return { found: { seen, regionsSurveyed: accounts.length }, failures: [] };
      },
      inspect: async (drawn) => {
        events.push(`inspect ${drawn.map(({ name }) => name).join(',')}`);
        return { found: new Map(drawn.map((group) => [group.key, inspect(group)])), failures: [] };
      },
    },
    striker: {
      open: async (orders): Promise<Gathered<readonly StrikeSession[]>> => {
        events.push('open');
        return { found: [{ orders, strike: strikeWith(events) }], failures: [] };
      },
    },
    announcer: {
      announce: async (report) => {
        events.push('announce');
        announced.push(report);
      },
    },
    journal: {
      begun: () => {},
      decided: (decision) => decided.push(decision),
      struck: (strike) => struck.push(strike),
      failed: (failure) => failed.push(failure),
      ended: () => {},
    },
    ledger: notingLedger(events),
    events,
    announced,
    decided,
    struck,
    failed,
  };
}

export function fixedClock(time: string): Clock {
  return { now: () => Date.parse(time), sleep: async () => {} };
}

function strikeWith(events: string[]) {
  return async ({ target }: Order) => {
    events.push(`strike ${target.instanceId}`);
    return 'running -> shutting-down';
  };
}

/** The ledger in memory, noting what is written to it. */
function notingLedger(events: string[]): Ledger {
  const ledger = memoryLedger({ newSecret: () => 'ab'.repeat(32) });
  return {
    ...ledger,
    claim: (claim) => {
      events.push(`claim ${claim.group}`);
      return ledger.claim(claim);
    },
    recordStrike: (record) => {
      events.push(`record-strike ${record.group} ${record.outcome}`);
      return ledger.recordStrike(record);
    },
    recordRun: (report) => {
      events.push('record-run');
      return ledger.recordRun(report);
    },
  };
}
