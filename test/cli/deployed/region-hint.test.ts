import { describe, expect, test } from 'vitest';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';

describe('a region in which nothing is found', () => {
  test.each([
    [['status']],
    [['resume']],
    [['veto', '222222222222/eu-west-1/asg/web', '--off']],
    [['ledger', 'check']],
  ])('is named with the one that was meant, by %j', async (command) => {
    const chaos = aCli(aDeployment());
    const mistyped = await chaos(...command, '--region', 'eu-wset-1');
    expect(mistyped.notes).toContain('Did you mean eu-west-1?');
    const real = await chaos(...command, '--region', 'eu-west-2');
    expect(real.notes).not.toContain('Did you mean');
    expect([mistyped.exitCode, real.exitCode]).toEqual([1, 1]);
  });

  test('is named also where the table is', async () => {
    const { notes } = await aCli(aDeployment())('status', '--region', 'eu-wset-1', '--table', 'T');
    expect(notes).toContain('Did you mean eu-west-1?');
  });
});
