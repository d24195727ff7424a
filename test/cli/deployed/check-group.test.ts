import { describe, expect, test } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { aReport } from '../../support/a-report.ts';

const group = '222222222222/eu-west-1/asg/web';
const spared = { group, verdict: 'spare', reason: { code: 'not-drawn', text: 'drew 0.5' } } as const;
const veto = ['--until', '2h', '--reason', 'migration'];

describe.each([
  ['veto', veto],
  ['leash', ['--reason', 'migration']],
])('chaos %s of a group', (command, options) => {
  test.each([
    ['222222222223/eu-west-1/asg/web', 'no account 222222222223. Did you mean 222222222222?'],
    ['987654321098/eu-west-1/asg/web', 'no account 987654321098. It has: 111111111111, 222222222222.'],
    [
      '222222222222/eu-wset-1/asg/web',
      'no region eu-wset-1 in account 222222222222. Did you mean eu-west-1?',
    ],
    ['222222222222/sa-north-9/asg/web', 'It has: eu-west-1, us-east-1.'],
  ])('outside of the configuration is refused, and nobody is asked: %s', async (key, message) => {
    const { exitCode, out, notes } = await aCli({ clock: aDeployment().clock, transport: noAws })(
      ...[command, key, ...options],
    );
    expect(notes).toContain(message);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('outside of the configuration can be lifted: it may have been inside', async () => {
    const { exitCode } = await aCli(aDeployment())(command, '987654321098/eu-west-1/asg/web', '--off');
    expect(exitCode).toBe(0);
  });

  test('is set with a note if the configuration is not read', async () => {
    const { ledger, ...aws } = aDeployment();
    const key = '987654321098/eu-west-1/asg/web';
    const { exitCode, notes } = await aCli(aws)(command, key, ...options, '--region', 'eu-west-1');
    expect(notes).toContain(`Check that it exists: ./chaos explain ${key} --region eu-west-1`);
    expect(notes).toContain('Could not check whether the configuration has this account and region');
    expect((await ledger.groupRecords([key])).found.get(key)?.version).toBe(1);
    expect(exitCode).toBe(0);
  });

  test('that was never seen is set, with a warning', async () => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out, notes } = await aCli(aws)(command, group, ...options);
    expect(notes).toContain(`WARNING: ${group} is neither in the ledger nor in the last 5 runs`);
    expect(notes).toContain(`Check that it exists: ./chaos explain ${group}`);
    expect(out).not.toContain('WARNING');
    expect((await ledger.groupRecords([group])).found.get(group)?.version).toBe(1);
    expect(exitCode).toBe(0);
  });

  test('that resembles one from a recent run is set, with a suggestion', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.recordRun(aReport({ decisions: [spared] }));
    const { exitCode, notes } = await aCli(aws)(command, `${group}s`, ...options);
    expect(notes).toContain(`Did you mean ${group}?`);
    expect(exitCode).toBe(0);
  });

  test('that is on record gets no warning', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setLeash(group, { reason: 'old', by: 'bob', at: '2026-11-23T09:00:00.000Z' });
    expect((await aCli(aws)(command, group, ...options)).notes).toBe('');
  });

  test('that a run decided about gets no warning', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.recordRun(aReport({ decisions: [spared] }));
    expect((await aCli(aws)(command, group, ...options)).notes).toBe('');
  });
});
