import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay } from '#core/replay/replay.ts';
import { run } from '#core/run/run.ts';
import { lambdaEventSourceOff } from '#faults/event-source-mappings/lambda-event-source-off.ts';
import { iamDeny } from '#faults/roles/iam-deny.ts';
import { aStrikeWorld, minuteMs, optIn } from '../../faults/lasting/a-strike-world.ts';
import { aConfig } from '../../support/a-config.ts';
import { aRun } from '../../support/a-run.ts';

const checkoutKey = '222222222222/eu-west-1/function/checkout';
const veto = (until: string) => ({ reason: 'sale day', by: 'ann', at: '2026-11-23T09:00:00Z', until });

/** An opted-in mapping of a function with these tags. */
function aMapping(tags: Readonly<Record<string, string>>, ofMapping = optIn) {
  const world = aStrikeWorld(lambdaEventSourceOff);
  world.region.functions.add({ name: 'checkout', tags });
  const mapping = world.region.functions.map({
    functionName: 'checkout',
    eventSourceArn: 'arn:aws:sqs:eu-west-1:222222222222:orders',
    tags: ofMapping,
  });
  return { world, mapping, runs: world.forRuns() };
}

describe('a strike that hits more than its target', () => {
  test('counts all of it, on record and in budgets, until it is verified', async () => {
    const { world, mapping, runs } = aMapping(optIn);
    const config = aConfig({
      faults: ['lambda-event-source-off'],
      budgets: { perDay: { organization: 3, group: 1 } },
    });
    const report = await run(aRun({ ...runs, config }), { ...runs, config });
    expect(report.strikes).toMatchObject([{ outcome: 'succeeded' }]);
    const day = { scope: 'organization', of: '', over: '2026-11-23' } as const;
    const ofFunction = { scope: 'group', of: checkoutKey, over: 'unverified' } as const;
    expect((await world.ledger.usage([day, ofFunction])).found).toEqual([2, 1]);
    expect((await world.ledger.openStrikes()).found).toMatchObject([
      { others: [{ group: checkoutKey, version: 0 }] },
    ]);
    expect(await world.openEntries()).toMatchObject([{ hits: [mapping.arn, expect.any(String)] }]);
  });

  test.each([true, false])(
    'is spared where a budget has no room for all of it, leashed: %s',
    async (dryRun) => {
      const { mapping, runs, world } = aMapping(optIn);
      const config = aConfig({
        faults: ['lambda-event-source-off'],
        budgets: { unverified: { account: 1 } },
      });
      const report = await run(aRun({ ...runs, config }, { dryRun }), { ...runs, config });
      expect(report.decisions).toMatchObject([
        {
          reason: {
            code: 'budget-exhausted',
            text: expect.stringMatching(
              new RegExp(
                `would hit ${checkoutKey} as well: .*1 unverified strike .* account 222222222222, and this one counts 2 times`,
              ),
            ),
          },
        },
      ]);
      expect(mapping.stateAt(world.clock.now())).toBe('Enabled');
    },
  );

  test('hits an app once, by however many of its parts', async () => {
    const app = { ...optIn, 'chaos:app': 'shop' };
    const { runs } = aMapping(app, app);
    const report = await run(aRun(runs), runs);
    expect(report.strikes).toMatchObject([{ outcome: 'succeeded' }]);
  });

  const spared: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['has opted out', { 'chaos:opt-in': 'false' }, 'not-opted-in'],
    ['has the probability 0', { 'chaos:probability': '0' }, 'probability-zero'],
    ['has a tag that cannot be read', { 'chaos:probability': 'rarely' }, 'bad-tag'],
    ['is part of the control plane', { 'chaos:control-plane': 'true' }, 'own-control-plane'],
  ];
  test.each(spared)('is spared where what it hits %s, and says which', async (_what, tags, code) => {
    const { mapping, runs, world } = aMapping(tags);
    const report = await run(aRun(runs), runs);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: { code, text: expect.stringContaining(`would hit ${checkoutKey} as well`) },
      },
    ]);
    expect(mapping.stateAt(world.clock.now())).toBe('Enabled');
  });

  test('is spared where what it hits is frozen', async () => {
    const { runs } = aMapping(optIn);
    const freeze = { from: '2026-11-23', to: '2026-11-24', groups: ['checkout'], reason: 'launch' };
    const config = aConfig({ faults: ['lambda-event-source-off'], calendar: { freezes: [freeze] } });
    const world = { ...runs, config };
    const report = await run(aRun(world), world);
    expect(report.decisions).toMatchObject([
      { reason: { code: 'frozen', text: expect.stringContaining('launch') } },
    ]);
  });

  test('is spared where the account of what it hits is not configured, as nobody could have vetoed it', async () => {
    const { runs, mapping } = aMapping(optIn);
    Object.assign(mapping, { functionArn: 'arn:aws:lambda:eu-west-1:999999999999:function:checkout' });
    const report = await run(aRun(runs), runs);
    expect(report.decisions).toMatchObject([
      { reason: { code: 'not-prepared', text: expect.stringContaining('999999999999') } },
    ]);
  });

  test('is spared whenever what it hits has a veto or a leash in force, and only then', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.integer({ min: -120, max: 120 }), { nil: undefined }),
        fc.boolean(),
        fc.boolean(),
        async (minutes, isLeashed, dryRun) => {
          const { world, runs } = aMapping(optIn);
          const now = world.clock.now();
          if (minutes !== undefined) {
            await world.ledger.setVeto(checkoutKey, veto(new Date(now + minutes * minuteMs).toISOString()));
          }
          if (isLeashed) await world.ledger.setLeash(checkoutKey, veto(''));
          const report = await run(aRun(runs, { dryRun }), runs);
          const isExempt = isLeashed || (minutes !== undefined && minutes > 0);
          expect(report.strikes).toHaveLength(isExempt ? 0 : 1);
          if (isExempt) expect(report.decisions[0]?.reason.text).toContain(checkoutKey);
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each([true, false])('is decided again in the same way by a replay, vetoed: %s', async (isVetoed) => {
    const { world, runs } = aMapping(optIn);
    if (isVetoed) await world.ledger.setVeto(checkoutKey, veto('2026-11-24T09:00:00Z'));
    const report = await run(aRun(runs), runs);
    const { secret } = await world.ledger.control();
    const recording = await world.ledger.recording(report.runId);
    if (recording === undefined) throw new Error('nothing was recorded');
    const recorded = JSON.parse(JSON.stringify(recording));
    expect(replay(recorded, secret, runs)).toMatchObject({ chosen: isVetoed ? 0 : 1, differences: 0 });
  });

  test('is spared by a veto that comes after the decision', async () => {
    const { world, runs } = aMapping(optIn);
    const { claim } = runs.ledger;
    const vetoing = {
      ...runs,
      ledger: {
        ...runs.ledger,
        claim: async (...args: Parameters<typeof claim>) => {
          await world.ledger.setVeto(checkoutKey, veto('2026-11-24T09:00:00Z'));
          return claim(...args);
        },
      },
    };
    const report = await run(aRun(runs), vetoing);
    expect(report.strikes).toEqual([]);
    expect(report.decisions).toMatchObject([
      { reason: { code: 'already-claimed', text: expect.stringContaining(checkoutKey) } },
    ]);
  });
});

test('a fault of a role hits the opted-in functions that act with it, wherever they are', async () => {
  const world = aStrikeWorld(iamDeny, {
    faults: ['iam-deny', 'lambda-concurrency'],
    regions: ['eu-west-1', 'us-east-1'],
  });
  const trust = { principal: 'lambda.amazonaws.com' };
  const { arn: role } = world.inAccount.role({ name: 'checkout', trust, tags: optIn });
  const far = world.inAccount.region('us-east-1');
  world.region.functions.add({ name: 'orders', tags: optIn, role });
  world.region.functions.add({ name: 'stranger', tags: optIn });
  world.region.functions.add({ name: 'not-opted-in', role });
  far.functions.add({ name: 'far', tags: optIn, role });
  const prepared = await world.prepare(await world.find('checkout'), { minutes: 5 });
  expect('others' in prepared && prepared.others?.map(({ key }) => key)).toEqual([
    '222222222222/eu-west-1/function/orders',
    '222222222222/us-east-1/function/far',
  ]);
});
