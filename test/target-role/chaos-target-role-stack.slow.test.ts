import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { aConfig } from '../support/a-config.ts';
import { nagFindings } from '../support/nag.ts';
import { targetStack, templateOf } from '../support/synth.ts';

const account = '222222222222';

describe('the stack of a target account', () => {
  test('is as it was reviewed', () => {
    expect(templateOf(targetStack(aConfig(), account))).toMatchSnapshot();
  });

  test('passes cdk-nag', () => {
    for (const enabled of [['ec2-terminate'], ['cpu-burn', 'process-kill'], [...faults.keys()]]) {
      for (const deploy of [false, true]) {
        const config = aConfig({ faults: enabled, experiments: { deploy } });
        expect(nagFindings(targetStack(config, account))).toEqual([]);
      }
    }
  });

  test('has one resource, and asks nothing of CDK in the account', () => {
    const { Resources, ...others } = templateOf(targetStack(aConfig(), account));
    expect(Object.keys(Resources)).toEqual(['ChaosTargetRole']);
    expect(others).toEqual({ Description: expect.any(String) });
  });

  test('takes what is particular to the account from its entry', () => {
    const config = aConfig({
      organization: 'o-aaaaaaaaaa',
      accounts: [
        { id: account, regions: ['us-east-1'], roleName: 'chaos-of-payments', externalId: 'payments' },
      ],
    });
    const { Properties } = templateOf(targetStack(config, account)).Resources.ChaosTargetRole ?? {};
    expect(Properties?.RoleName).toBe('chaos-of-payments');
    const text = JSON.stringify(Properties);
    expect(text).toContain('"sts:ExternalId":"payments"');
    expect(text).toContain('"aws:PrincipalOrgID":"o-aaaaaaaaaa"');
    expect(text).toContain('"aws:RequestedRegion":["us-east-1"]');
    expect(text).not.toContain('eu-west-1');
  });

  test('allows the enabled faults only', () => {
    const config = aConfig({ faults: ['ec2-reboot'] });
    const text = JSON.stringify(templateOf(targetStack(config, account)));
    expect(text).toContain('ec2:RebootInstances');
    expect(text).not.toContain('ec2:TerminateInstances');
    expect(text).not.toContain('autoscaling:TerminateInstanceInAutoScalingGroup');
  });
});
