import { describe, expect, test } from 'vitest';
import { openStrike, type Status, statusText } from '#cli/render/status.ts';
import { maxReason } from '#core/util/format.ts';
import type { DeployedConfiguration } from '#lib/config/deployed-configuration.ts';
import { aStrikeEntry } from '../../support/a-claim.ts';
import { aReport, aStrike } from '../../support/a-report.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';

const configuration: DeployedConfiguration = {
  version: '0.1.0',
  leashed: false,
  schedule: { timeZone: 'Europe/Berlin', days: ['mon', 'tue'], from: '09:00', to: '16:00', everyMinutes: 60 },
  accounts: 3,
  accountRegions: 5,
};
const status: Status = {
  region: 'eu-west-1',
  table: 'Ledger',
  version: { here: '0.1.0', deployed: '0.1.0' },
  stop: null,
  leashed: false,
  configuration,
  held: [],
  open: [],
  experiments: [],
  runs: [],
};
const by = 'arn:aws:iam::111111111111:user/ann';
const at = '2026-11-23T09:00:00.000Z';
const group = '222222222222/eu-west-1/asg/web';

function textOf(overrides: Partial<Status> = {}, flags = ''): string {
  return statusText(
    { ...status, ...overrides },
    { paint: (_styles, text) => text, timeZone: 'Europe/Berlin', flags, unknown: 'nobody was asked' },
  );
}

describe('statusText', () => {
  test('lists the experiments that run, and says which are being stopped', () => {
    const stop = { by, reason: 'on fire', at };
    const text = textOf({
      experiments: [
        anExperimentRecord(),
        anExperimentRecord({ id: '20261123T090100Z-00000001', startedBy: 'bob', stop }),
      ],
    });
    expect(text).toContain('Running: 2 experiments\n  20261123T090000Z-3f9a1c2b  What if listImages');
    expect(text).toContain('by alice since Mon 2026-11-23 10:00 Europe/Berlin');
    expect(text).toContain('20261123T090100Z-00000001  stopping: What if listImages');
    expect(text).toContain('./chaos experiment status');
  });

  test('says that nothing is stopped, what is deployed, that no group is held, and that no run has been made', () => {
    expect(textOf()).toBe(
      `Not stopped.
Not leashed by the deployed configuration: live runs strike.
Schedule: mon, tue 09:00-16:00 Europe/Berlin, every 60 minutes
Targets: 3 accounts, 5 account-regions
Version: 0.1.0
Ledger: table Ledger in eu-west-1
No group is leashed or vetoed.
All strikes are verified.

There has been no run yet.`,
    );
  });

  test("shows first who stopped it, when in the schedule's zone, why, and how to resume", () => {
    const stop = { reason: 'Black\u001b[2J Friday', by, at };
    expect(textOf({ stop }, ' --region eu-west-1')).toContain(
      ` STOPPED  "Black [2J Friday", by ${by} at Mon 2026-11-23 10:00 Europe/Berlin
To resume: ./chaos resume --region eu-west-1
`,
    );
  });

  test('shows as much of a reason as may be given', () => {
    const reason = 'x'.repeat(maxReason);
    expect(textOf({ stop: { reason, by: 'ann', at } })).toContain(`"${reason}", by ann at `);
  });

  test('shows a deployed leash, and the deployed version if it differs', () => {
    const text = textOf({ configuration: { ...configuration, leashed: true, version: '0.0.9' } });
    expect(text).toContain('\nLeashed by the deployed configuration');
    expect(textOf({ version: { here: '0.1.0', deployed: '0.0.9' } })).toContain('deployed, 0.1.0 local');
  });

  test('says why the deployed configuration is unknown, and names the time zone', () => {
    const text = textOf({ configuration: null, version: { here: '0.1.0', deployed: null } });
    expect(text).toContain('unknown (nobody was asked).\nLocal version: 0.1.0. ');
    expect(text).toContain('Times are in Europe/Berlin.');
  });

  test('lists leashed and vetoed groups, and how to lift a leash', () => {
    const leash = { reason: '1 of 3 desired are healthy', by: 'chaos_monkey', at };
    const veto = { reason: 'sale', by, at, until: '2026-11-25T09:30:00.000Z' };
    const held = [
      { group, leash, veto },
      { group: `${group}-2`, leash: undefined, veto },
    ];
    const text = textOf({ held }, ' --table Ledger');
    expect(text).toContain(`Leashed: 1 group
  ${group}  "1 of 3 desired are healthy", by chaos_monkey at Mon 2026-11-23 10:00 Europe/Berlin
  To lift a leash: ./chaos leash ${group} --off --table Ledger
Vetoed: 2 groups
  ${group}    until Wed 2026-11-25 10:30 Europe/Berlin: "sale", by ${by} at Mon 2026-11-23 10:00 Europe/Berlin
  ${group}-2  until `);
  });

  test('says how many strikes are not verified yet, and for how long, an instance a line', () => {
    const now = Date.parse('2026-11-23T09:12:30Z');
    const strikes = ['2026-11-23T09:00:00.000Z', '2026-11-23T09:12:00.000Z'].map((claimed, index) =>
      openStrike({ ...aStrikeEntry({ slot: `slot-${index}` }), at: claimed }, now),
    );
    const text = textOf({ open: strikes });
    expect(text).toContain('Not verified yet: 2 strikes, the oldest for 12 min 30 s\n');
    const { group: struck, target, runId, state } = aStrikeEntry();
    expect(text).toContain(`  ${target.id}  ${state} for 30 s, run ${runId}\n    ${struck}\n`);
  });

  test("has the last runs, each by its time in the schedule's zone, what it did and its id", () => {
    expect(textOf({ runs: [aReport({ strikes: [aStrike()] })] })).toMatch(
      /Last runs, newest first \(Europe\/Berlin\):\n {2}Mon 2026-11-23 10:00 {2}Chaos monkey struck 1 target in account 222222222222\n {4}run 20261123T090000Z-3f9a1c2b, trigger schedule$/,
    );
  });
});
