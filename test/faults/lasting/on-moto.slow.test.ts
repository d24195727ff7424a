import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupKey } from '#core/model/group.ts';
import type { Injector } from '#core/model/injector.ts';
import type { Hand } from '#core/model/lasting.ts';
import { type AwsUnderTest, home } from '../../contract/aws/aws-under-test.ts';
import { awsOnMoto } from '../../contract/aws/moto-under-test.ts';
import { motoAvailable, sayWithoutMoto } from '../../support/moto.ts';
import { faultCases } from './fault-cases.ts';

const title = 'faults that last, on moto';
const supported = faultCases.flatMap(({ fault, name, faultCase: { onMoto } }) =>
  onMoto === undefined ? [] : [{ fault, name, onMoto }],
);
const strike = {
  id: '0123456789abcdef',
  deadline: '2026-11-23T09:05:00.000Z',
  notAfter: '2026-11-23T09:01:00.000Z',
};

if (!motoAvailable()) sayWithoutMoto(title);
describe.skipIf(!motoAvailable())(title, () => {
  let aws: AwsUnderTest;
  beforeAll(async () => {
    aws = await awsOnMoto();
  });
  afterAll(() => aws?.stop());

  test.each(supported)(
    '$name is injected and undone exactly, and undone once more',
    async ({ fault, onMoto }) => {
      const account = await aws.account();
      const resource = await onMoto.create(account, aws.clients);
      const before = await resource.describe();
      const place = { account: account.id, region: home };
      const group = groupKey({ ...place, kind: 'any', name: resource.target.id });
      const target = { ...resource.target, ...place, kind: fault.kind, group, facts: {} };
      const injector: Injector = { client: (service) => aws.clients(service, account.scope()) };

      const prepared = await fault.prepare(injector, target, onMoto.parameters);
      if (!('saved' in prepared)) throw new Error(prepared.unfit);
      // As it comes back from the ledger.
      let saved = fault.saved.parse(JSON.parse(JSON.stringify(prepared.saved)));
      const hand: Hand<unknown> = {
        ...injector,
        strike,
        note: async (noted) => {
          saved = fault.saved.parse(JSON.parse(JSON.stringify(noted)));
        },
      };
      const seen = () => fault.observe(injector, target, saved, strike);

      expect(await seen()).toBe('before');
      await fault.inject(hand, target, onMoto.parameters, saved);
      expect(await seen()).toBe('ours');
      expect(await resource.describe()).not.toEqual(before);
      expect(['undone', 'busy']).toContain((await fault.undo(hand, target, saved)).outcome);
      expect(await seen()).toBe('before');
      expect(await resource.describe()).toEqual(before);
      expect(await fault.undo(hand, target, saved)).toEqual({ outcome: 'undone' });
      expect(await resource.describe()).toEqual(before);
    },
  );
});
