import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const cwd = mkdtempSync(join(tmpdir(), 'chaos-validate-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const written = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['111111111111', '222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
  leashed: false,
  schedule: { timeZone: 'UTC', days: ['mon'], from: '09:00', to: '16:00' },
  faults: ['ec2-terminate'],
};

const alarm = (name: string) => `arn:aws:cloudwatch:eu-west-1:222222222222:alarm:${name}`;
const file = (names: string) => `version: chaos/v1
title: What if an instance dies?
hypothesis: { if: one is terminated, then: nobody notices }
owner: team-web
steadyState:
  baseline: 5m
  probes:
    - { name: errors, type: cloudwatch-alarm, arn: '${alarm('errors')}', every: 10s, tolerance: { badFor: 0s } }
method:
  - name: lose
    fault: ec2-terminate
    parameters: { via: ec2 }
    target: { kind: asg, accounts: ['222222222222'], ${names}select: { percent: 50 } }
    observe: 5m
stopConditions:
  - { name: checkout, type: cloudwatch-alarm, arn: '${alarm('checkout')}' }
recovery: { within: 10m }
`;

const ofCheckout = 'names: [checkout], ';

function aValidation(
  text: string,
  arrange: (deployment: ReturnType<typeof aDeployment>) => void = () => {},
  experiments = {},
) {
  writeFileSync(join(cwd, 'chaos.config.json'), JSON.stringify({ ...written, experiments }));
  const deployment = aDeployment(parseConfig(written, faults));
  const region = deployment.sandbox.account('222222222222').region('eu-west-1');
  region.alarm('errors', 'OK');
  region.alarm('checkout', 'OK');
  arrange(deployment);
  writeFileSync(join(cwd, 'lose.yaml'), text);
  const cli = aCli({ ...deployment, cwd });
  return {
    ...deployment,
    validate: (...args: readonly string[]) => cli('experiment', 'validate', 'lose.yaml', ...args),
  };
}

const changes =
  /^(?!STSClient AssumeRole)\w+ (?!Get|List|Describe|Query|Simulate|BatchGet|Scan|Search)\w+Command$/;

describe('chaos experiment validate, with credentials', () => {
  test('says what it would strike and what its probes see, and changes nothing', async () => {
    const { validate, calls } = aValidation(file(''));
    const { exitCode, out, notes } = await validate('--json');
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    const { validation, maxPercent } = JSON.parse(out);
    const [[{ found, wanted, groups }]] = validation.stages;
    expect(maxPercent).toBe(50);
    expect(found).toBeGreaterThan(1);
    expect(wanted).toBe(Math.floor(found / 2));
    expect(groups[0]).toMatch(/^222222222222\/eu-west-1\/asg\//);
    expect(validation).toMatchObject({
      samples: [{ name: 'errors', is: 'good', tookMs: expect.any(Number) }],
      stopConditions: [{ name: 'checkout', state: 'OK' }],
      ...{ problems: [], unchecked: [] },
    });
    expect(calls).toEqual(expect.arrayContaining(['IAMClient SimulatePrincipalPolicyCommand']));
    expect(calls.filter((call) => changes.test(call))).toEqual([]);
    expect((await validate()).out).toMatch(/^Ready .*\n\nWhat it would strike now \(at most 50 %/);
  });

  test('ends with 3 where a run would fail, and names each reason', async () => {
    const { validate, sandbox } = aValidation(file('names: [nothing], '));
    sandbox.account('222222222222').region('eu-west-1').alarm('errors', 'ALARM');
    sandbox.account('222222222222').region('eu-west-1').alarm('checkout', 'ALARM');
    const { exitCode, out } = await validate('--json');
    expect(exitCode).toBe(3);
    expect(JSON.parse(out).validation.problems).toEqual([
      { about: 'step lose', text: 'it can strike nothing: nothing that has opted in matches' },
      { about: 'probe errors', text: 'its sample is bad: in ALARM' },
      { about: 'stop condition checkout', text: 'it fires, and would abort at once' },
    ]);
    expect((await validate()).out).toMatch(/^Would fail .*What would make it fail\n {2}step lose /s);
  });

  test('does not blame the experiment where roles trust only the monkey', async () => {
    const { validate } = aValidation(file(''), ({ sandbox }) =>
      sandbox.disruptions.deny({ action: 'sts:AssumeRole' }),
    );
    const { exitCode, out } = await validate('--json');
    expect(exitCode).toBe(0);
    const { problems, unchecked } = JSON.parse(out).validation;
    expect(problems).toEqual([]);
    expect(unchecked.map(({ about }: { readonly about: string }) => about)).toEqual([
      ...['step lose', 'probe errors', 'stop condition checkout'],
    ]);
  });

  test('says that http probes were asked from here, and not from where a run asks', async () => {
    const probe =
      'observations: [{ name: page, type: http, url: "http://shop.example.invalid/", every: 1s }]\nmethod:';
    const { validate } = aValidation(file(ofCheckout).replace('method:', probe), () => {}, {
      hosts: ['shop.example.invalid'],
    });
    const { unchecked } = JSON.parse((await validate('--json')).out).validation;
    expect(unchecked).toEqual([
      { about: 'probe page', text: expect.stringMatching(/asked from this machine.*outside of your VPCs/) },
    ]);
  });

  test('looks at nothing with --offline, and says so', async () => {
    const { validate, calls } = aValidation(file(ofCheckout));
    const offline = await validate('--offline');
    expect(offline.exitCode).toBe(0);
    expect(offline.out).toMatch(/Not checked\n {2}Targets, permissions, .*--offline/);
    expect(calls).toEqual([]);
  });

  test('is no success without credentials, and says how to check only the file', async () => {
    const { validate } = aValidation(file(ofCheckout), ({ sandbox }) =>
      sandbox.disruptions.fail({ action: 'sts:GetCallerIdentity' }, () =>
        Object.assign(new Error('no session'), { name: 'CredentialsProviderError' }),
      ),
    );
    const { exitCode, out, notes } = await validate();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(notes).toMatch(
      /^error: lose\.yaml is valid, but nothing else could be looked at\. .*No usable AWS cred/,
    );
    expect(notes).toMatch(
      /\n {2}To check only the file: \.\/chaos experiment validate lose\.yaml --offline$/,
    );
    expect(await validate('--offline')).toMatchObject({ exitCode: 0 });
  });
});
