import { describe, expect, test } from 'vitest';
import { openStrike, statusText } from '#cli/render/status.ts';
import { maxReason } from '#cli/shared/a-few-words.ts';
import { aStrikeEntry } from '../../support/a-claim.ts';
import { aReport, aStrike } from '../../support/a-report.ts';

const plain = (_styles: unknown, text: string) => text;
const status = { region: 'eu-west-1', table: 'Ledger', stop: null, leashed: false, open: [], runs: [] };

describe('statusText', () => {
  test('says that nothing is stopped, that live runs strike, and that none has been made', () => {
    expect(statusText(status, plain, './chaos resume')).toBe(
      `Not stopped.
Not leashed by the configuration here: live runs strike.
Ledger: table Ledger in eu-west-1
No strike waits for its group to recover.

No run has been made yet.`,
    );
  });

  test('says first who has stopped it, why, and how to go on', () => {
    const stop = {
      reason: 'Black\u001b[2J Friday',
      by: 'arn:aws:iam::111111111111:user/ann',
      at: '2026-11-23T09:00:00.000Z',
    };
    expect(statusText({ ...status, stop }, plain, './chaos resume')).toContain(
      ` STOPPED  "Black [2J Friday", by arn:aws:iam::111111111111:user/ann at 2026-11-23T09:00:00.000Z
To let it go on: ./chaos resume
`,
    );
  });

  test('shows as much of a reason as may be given', () => {
    const reason = 'x'.repeat(maxReason);
    const stop = { reason, by: 'ann', at: '2026-11-23T09:00:00.000Z' };
    expect(statusText({ ...status, stop }, plain, './chaos resume')).toContain(
      `"${reason}", by ann at 2026-11-23`,
    );
  });

  test('says what the leash is, also where that is not known', () => {
    expect(statusText({ ...status, leashed: true }, plain, './chaos resume')).toContain(
      'Leashed by the configuration here',
    );
    expect(statusText({ ...status, leashed: null }, plain, './chaos resume')).toContain('Leashed: not known');
  });

  test('says how many strikes are not verified yet, and for how long', () => {
    const now = Date.parse('2026-11-23T09:12:30Z');
    const strikes = ['2026-11-23T09:00:00.000Z', '2026-11-23T09:12:00.000Z'].map((at, index) =>
      openStrike({ ...aStrikeEntry({ slot: `slot-${index}` }), at }, now),
    );
    const text = statusText({ ...status, open: strikes }, plain, './chaos resume');
    expect(text).toContain('Not verified yet: 2 strikes, the oldest for 12 min 30 s\n');
    const { group, target, runId, state } = aStrikeEntry();
    expect(text).toContain(`  ${group} ${target.instanceId}  ${state} for 30 s, run ${runId}\n`);
  });

  test('has the last runs, each by its time, what it did and its id', () => {
    expect(
      statusText({ ...status, runs: [aReport({ strikes: [aStrike()] })] }, plain, './chaos resume'),
    ).toMatch(
      /Last runs, newest first:\n {2}2026-11-23T09:00:03Z {2}Chaos monkey struck 1 instance in account 222222222222\n {4}run 20261123T090000Z-3f9a1c2b, door schedule$/,
    );
  });
});
