import { describe, expect, test } from 'vitest';
import { maxReason, statusText } from '#cli/render/status.ts';
import { aReport, aStrike } from '../../support/a-report.ts';

const plain = (_styles: unknown, text: string) => text;
const status = { region: 'eu-west-1', table: 'Ledger', stop: null, leashed: false, runs: [] };

describe('statusText', () => {
  test('says that nothing is stopped, that live runs strike, and that none has been made', () => {
    expect(statusText(status, plain, 'npx chaos resume')).toBe(
      `Not stopped.
Not leashed by the configuration here: live runs strike.
Ledger: table Ledger in eu-west-1

No run has been made yet.`,
    );
  });

  test('says first who has stopped it, why, and how to go on', () => {
    const stop = {
      reason: 'Black\u001b[2J Friday',
      by: 'arn:aws:iam::111111111111:user/ann',
      at: '2026-11-23T09:00:00.000Z',
    };
    expect(statusText({ ...status, stop }, plain, 'npx chaos resume')).toContain(
      ` STOPPED  "Black [2J Friday", by arn:aws:iam::111111111111:user/ann at 2026-11-23T09:00:00.000Z
To let it go on: npx chaos resume
`,
    );
  });

  test('shows as much of a reason as may be given', () => {
    const reason = 'x'.repeat(maxReason);
    const stop = { reason, by: 'ann', at: '2026-11-23T09:00:00.000Z' };
    expect(statusText({ ...status, stop }, plain, 'npx chaos resume')).toContain(
      `"${reason}", by ann at 2026-11-23`,
    );
  });

  test('says what the leash is, also where that is not known', () => {
    expect(statusText({ ...status, leashed: true }, plain, 'npx chaos resume')).toContain(
      'Leashed by the configuration here',
    );
    expect(statusText({ ...status, leashed: null }, plain, 'npx chaos resume')).toContain(
      'Leashed: not known',
    );
  });

  test('has the last runs, each by its time, what it did and its id', () => {
    expect(
      statusText({ ...status, runs: [aReport({ strikes: [aStrike()] })] }, plain, 'npx chaos resume'),
    ).toMatch(
      /Last runs, newest first:\n {2}2026-11-23T09:00:03Z {2}Chaos monkey struck 1 instance in account 222222222222\n {4}run 20261123T090000Z-3f9a1c2b, door schedule$/,
    );
  });
});
