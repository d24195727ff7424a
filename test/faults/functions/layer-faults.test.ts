import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { parseFailures } from '#layer/parse-failures.ts';
import { aStrikeWorld } from '../lasting/a-strike-world.ts';
import { attached, parameterName } from '../lasting/layer-case.ts';

function lasting(name: string): LastingFault {
  const fault = faults.get(name);
  if (fault?.lasts !== true) throw new Error(`no fault that lasts is named ${name}`);
  return fault;
}

/** What the layer makes of what a strike leaves in the parameter. */
async function readByLayer(name: string, parameters: object) {
  const fault = lasting(name);
  const world = aStrikeWorld(fault);
  const target = await attached()(world).find();
  await world.strike(target, parse(fault.parameters, parameters, name));
  const [entry] = await world.openEntries();
  const failures = parseFailures(world.region.parameters.get(parameterName)?.value ?? '');
  if (entry === undefined || failures === undefined) throw new Error('nothing is injected');
  const { strike, expiresAt, ...flags } = failures;
  expect({ strike, expiresAt }).toEqual({ strike: entry.id, expiresAt: entry.deadline });
  return flags;
}

describe('the layer obeys', () => {
  test.each([
    ['lambda-error', {}, { exception: { percentage: 100, exception_msg: 'Injected exception' } }],
    [
      'lambda-error',
      { message: 'no "é"', percent: 1 },
      { exception: { percentage: 1, exception_msg: 'no "é"' } },
    ],
    ['lambda-status', {}, { statuscode: { percentage: 100, status_code: 500 } }],
    ['lambda-status', { code: 404, percent: 7 }, { statuscode: { percentage: 7, status_code: 404 } }],
    ['lambda-latency', {}, { latency: { percentage: 100, min_latency: 1_000, max_latency: 1_000 } }],
    [
      'lambda-latency',
      { ms: 0, maxMs: 900_000, percent: 50 },
      { latency: { percentage: 50, min_latency: 0, max_latency: 900_000 } },
    ],
    ['lambda-timeout', {}, { timeout: { percentage: 100, timeout_buffer_ms: 0 } }],
    [
      'lambda-timeout',
      { bufferMs: 250, percent: 20 },
      { timeout: { percentage: 20, timeout_buffer_ms: 250 } },
    ],
    ['lambda-disk', {}, { diskspace: { disk_space: 512 } }],
    ['lambda-disk', { megabytes: 10_240 }, { diskspace: { disk_space: 10_240 } }],
    ['lambda-deny-hosts', { hosts: ['^db\\.', 'x'] }, { denylist: { deny_list: ['^db\\.', 'x'] } }],
  ])('%s %j', async (name, parameters, expected) => {
    const enabled = Object.entries(expected).map(([flag, members]) => [flag, { enabled: true, ...members }]);
    expect(await readByLayer(name, parameters)).toEqual(Object.fromEntries(enabled));
  });

  test.each([
    ['dynamodb.eu-west-1.amazonaws.com', true],
    ['s3.eu-west-1.amazonaws.com', true],
    ['orders.s3.eu-west-1.amazonaws.com', true],
    ['s3-accelerate.amazonaws.com', true],
    ['123456789012.ddb.eu-west-1.amazonaws.com', true],
    ['bucket--x-s3.s3express-use1-az5.us-east-1.amazonaws.com', true],
    ['s3express-control.us-east-1.amazonaws.com', true],
    ['dynamodb-fips.us-east-1.amazonaws.com', true],
    ['streams.dynamodb.eu-west-1.amazonaws.com', true],
    ['odd.example.com', false],
    ['s3expressway.example.com', false],
    ['ssm.eu-west-1.amazonaws.com', false],
    ['docs3.example.com', false],
  ])('the default hosts, which have %s: %s', async (host, isDenied) => {
    const { denylist } = await readByLayer('lambda-deny-hosts', {});
    expect(denylist?.deny_list?.some((pattern) => new RegExp(pattern).test(host))).toBe(isDenied);
  });
});

describe('refuses what the layer would not obey', () => {
  test.each([
    [
      'lambda-latency',
      { ms: 200, maxMs: 100 },
      'maxMs: expected at least as many as `ms`, or null, found 100',
    ],
    ['lambda-deny-hosts', { hosts: ['(a*)*b'] }, 'without nested quantifiers'],
    ['lambda-deny-hosts', { hosts: ['a.*b', 'b.*c', 'c.*d'] }, 'fewer regular expressions'],
    ['lambda-deny-hosts', { hosts: ['('] }, 'expected a regular expression'],
    ['lambda-deny-hosts', { hosts: Array(20).fill('a'.repeat(300)) }, 'at most 4096 bytes'],
    ['lambda-error', { message: '\u0000'.repeat(1_000) }, 'at most 4096 bytes'],
  ])('%s %j', (name, parameters, problem) => {
    expect(() => parse(lasting(name).parameters, parameters, name)).toThrow(problem);
  });
});

test('undone by hand is what was there, quotes and all', async () => {
  const fault = lasting('lambda-error');
  const world = aStrikeWorld(fault);
  const target = await attached({ value: `{"note":"it's"}` })(world).find();
  await world.strike(target, parse(fault.parameters, {}, 'parameters'));
  expect(await world.openEntries()).toMatchObject([
    {
      byHand: [
        `aws ssm put-parameter --overwrite --name ${parameterName} --value '{"note":"it'\\''s"}' --region eu-west-1`,
      ],
    },
  ]);
});
