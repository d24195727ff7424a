import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { parseRequest } from '#core/config/run-request.ts';
import { parseTask } from '#core/config/task.ts';
import { StrikeEntry } from '#core/model/strike.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { arrival } from '#lambdas/chaos-monkey/triggers.ts';
import { ChannelConfigs } from '#notify/registry.ts';
import { aConfig } from '../../support/a-config.ts';

const config = aConfig();
const valid = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222', { id: '333333333333', regions: ['us-east-1'] }],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
  faults: ['ec2-stop', { name: 'ec2-terminate', parameters: { via: 'ec2' } }],
  calendar: { freezes: [{ from: '2026-11-27', to: '2026-11-30', reason: 'Black Friday', groups: ['web'] }] },
  notifications: { emails: ['sre@example.com'], slack: { parameter: '/chaos/slack' } },
  rate: { meanDays: 5, minDays: 2 },
};

/** All that takes what others have written. */
const edges: readonly [string, (input: unknown) => unknown][] = [
  ['a configuration', (input) => parseConfig(input, faults, 'configuration', ChannelConfigs)],
  ['a request', (input) => parseRequest(input, config, faults)],
  ['a task', (input) => parseTask(input, config, faults)],
  ['an event', (input) => parseTask(arrival(input).input(), config, faults)],
  ['the body of an API event', (input) => parseTask(arrival(apiEvent(input)).input(), config, faults)],
  ['a stored strike', (input) => parse(StrikeEntry, input, 'strike in the ledger')],
  ['a stored report', (input) => parse(RunReport, input, 'report')],
];

function apiEvent(body: unknown): unknown {
  let text: unknown;
  try {
    text = typeof body === 'string' ? body : JSON.stringify(body);
  } catch {
    text = 'no JSON';
  }
  return { version: '2.0', requestContext: { http: { method: 'POST', path: '/runs' } }, body: text };
}

/** What is said of an input; undefined where it is taken. Whatever else is thrown is no answer. */
function refusal(edge: (input: unknown) => unknown, input: unknown): InvalidInput | undefined {
  try {
    edge(input);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

const refuse = () => {
  throw new Error('no');
};
const traps = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'];
const many = Array.from({ length: 100_000 }, () => 'no');

function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
}

function circle(): unknown {
  const input: Record<string, unknown> = { ...valid };
  input.guards = input;
  input.fault = { name: 'ec2-stop', parameters: input };
  return input;
}

function throwing(): unknown {
  const getter = { enumerable: true, get: refuse };
  return Object.defineProperties({}, { accounts: getter, dryRun: getter, slot: getter });
}

const maxSaid = 64_000;
function expectBounded(said: InvalidInput | undefined): void {
  if (said === undefined) return;
  expect(said.mistakes.length).toBeGreaterThan(0);
  expect(said.mistakes.length).toBeLessThanOrEqual(20);
  expect(said.message.length).toBeLessThan(maxSaid);
  expect(JSON.stringify(said.mistakes).length).toBeLessThan(maxSaid);
  expect(said.message.replaceAll('\n', ' ')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});
const nearlyValid = fc
  .record(
    Object.fromEntries(
      [
        ...Object.keys(valid),
        'tags',
        'schedule',
        'guards',
        'budgets',
        'gates',
        'newRegions',
        '__proto__',
      ].map((key) => [key, anything]),
    ),
    { requiredKeys: [] },
  )
  .map((wrong) => ({ ...valid, ...wrong }));
const aRequest = fc.record(
  Object.fromEntries(
    ['dryRun', 'accounts', 'regions', 'groups', 'fault', 'force', 'slot', 'task', 'date', 'days'].map(
      (key) => [key, anything],
    ),
  ),
  { requiredKeys: [] },
);

describe.each(edges)('%s', (_, edge) => {
  test('of whatever JSON is taken, or refused in bounded words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearlyValid, aRequest), (input) => {
        expectBounded(refusal(edge, input));
      }),
    );
  });

  test('of anything at all is taken, or refused in bounded words', () => {
    fc.assert(fc.property(anything, (input) => expectBounded(refusal(edge, input))));
  });

  test.each<[string, unknown]>([
    ['nested 5,000 deep', nested(5_000)],
    ['with a key nested 5,000 deep', { ...valid, accounts: nested(5_000), groups: nested(5_000) }],
    ['a BigInt', { ...valid, externalId: 12n, slot: 12n }],
    ['a symbol', { ...valid, roleName: Symbol('role'), fault: Symbol('fault') }],
    ['a function', { ...valid, accounts: [() => '222222222222'], groups: [() => 'web'] }],
    ['a circle', circle()],
    ['a getter that throws', throwing()],
    ['a proxy that throws', new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, refuse])))],
    [
      'a list of proxies that throw',
      { ...valid, accounts: [new Proxy({}, { get: refuse, ownKeys: refuse })] },
    ],
    ['a key of the prototype', JSON.parse('{"__proto__":{"leashed":false},"constructor":1}')],
    ['a long text', 'x'.repeat(1_000_000)],
    ['a long value', { ...valid, roleName: 'x'.repeat(1_000_000), slot: 'x'.repeat(1_000_000) }],
    ['control characters', { 'a\u001b[2J\u202e\nb': '\u009b\u2028', dryrun: '\u001b' }],
  ])('%s is refused in bounded words', (_name, input) => {
    const said = refusal(edge, input);
    expect(said).toBeInstanceOf(InvalidInput);
    expectBounded(said);
  });
});

describe('an input of many mistakes', () => {
  test.each<[string, unknown, number]>([
    [
      'unknown keys',
      Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`key-${n}`, 'x'])),
      200_004,
    ],
    ['accounts', { ...valid, accounts: Array.from({ length: 1_000_000 }, () => 'no') }, 1],
    ['regions of an account', { ...valid, accounts: [{ id: '222222222222', regions: many }] }, 1],
    ['freezes', { ...valid, calendar: { freezes: many } }, 1],
    [
      'groups of a freeze',
      {
        ...valid,
        calendar: { freezes: [{ from: '2026-11-27', to: '2026-11-30', reason: 'r', groups: many }] },
      },
      1,
    ],
    ['days off', { ...valid, calendar: { daysOff: many } }, 1],
    ['alarms', { ...valid, gates: { alarms: { organization: many, account: many } } }, 2],
    ['faults', { ...valid, faults: many }, 1],
    ['accounts that are none', { ...valid, accounts: Array.from({ length: 1_000 }, () => 'no') }, 1_000],
  ])('of %s tells the first, and how many there are', (_, input, count) => {
    const said = refusal((given) => parseConfig(given, faults), input);
    expectBounded(said);
    expect((said?.mistakes.length ?? 0) + (said?.more ?? 0)).toBe(count);
    if (count > 20) expect(said?.message).toMatch(new RegExp(`\n  and ${count - 20} more$`));
  });

  test.each(['accounts', 'regions', 'groups'])('in a request of many %s is one', (key) => {
    const said = refusal((given) => parseRequest(given, config, faults), { [key]: many });
    expect(said?.mistakes.map(({ path }) => path)).toEqual([key]);
    expectBounded(said);
  });

  test('cuts keys and values', () => {
    const said = refusal((given) => parseRequest(given, config, faults), {
      ['k'.repeat(100_000)]: 'v'.repeat(100_000),
    });
    expect(said?.mistakes[0]?.path.length).toBeLessThanOrEqual(200);
    expect(said?.mistakes[0]?.found.length).toBeLessThanOrEqual(80);
  });

  test('keeps its count under another name', () => {
    const said = refusal(
      (given) => parseConfig(given, faults),
      Object.fromEntries(many.map((_, n) => [n, n])),
    );
    expect(said?.of('other.ts')).toMatchObject({
      what: 'other.ts',
      mistakes: said?.mistakes,
      more: said?.more,
    });
  });

  test('what broke the reading is kept as its cause', () => {
    const cause = new Error('no');
    const input = {
      get dryRun() {
        throw cause;
      },
    };
    expect(refusal((given) => parseRequest(given, config, faults), input)?.cause).toBe(cause);
  });
});
