import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Injector } from '#core/model/injector.ts';
import type { Hand } from '#core/model/lasting.ts';
import { parse } from '#core/util/parse.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../../support/moto.ts';
import { type MotoAccount, motoAccount } from '../../support/moto-account.ts';
import { lastingFaults } from './lasting-faults.ts';

const region = 'eu-west-1';
const strike = {
  id: '0123456789abcdef',
  deadline: '2026-11-23T09:05:00.000Z',
  notAfter: '2026-11-23T09:01:00.000Z',
};
const variants = lastingFaults.flatMap(({ fault, name, faultCase: { onMoto = [] } }) =>
  onMoto.map((variant) => ({ fault, name, title: variant.title, variant })),
);

describe.runIf(motoAvailable())('on moto', () => {
  let moto: Moto;
  let account: MotoAccount;
  beforeAll(async () => {
    moto = await startMoto();
    account = await motoAccount(moto.endpoint, '222222222222');
  }, 90_000);
  afterAll(() => moto.stop());

  test.each(variants)('$name, $title, is injected, and undone exactly', async ({ fault, variant }) => {
    const { target, describe: found } = await variant.create(account, region);
    const before = await found();
    const parameters = parse(fault.parameters, variant.parameters, 'parameters');
    const aws: Injector = { client: (service) => account.client(service, region) };
    const prepared = await fault.prepare(aws, target, parameters);
    if (!('saved' in prepared)) throw new Error(`unfit: ${prepared.unfit}`);
    let { saved } = prepared;
    const look = () => fault.observe(aws, target, saved, strike);
    const hand: Hand<unknown> = {
      ...aws,
      strike,
      note: async (next) => {
        saved = next;
      },
    };
    expect(await look()).toBe('before');
    await fault.inject(hand, target, parameters, saved);
    expect(await look()).toBe('ours');
    expect(await found()).not.toStrictEqual(before);
    for (const _ of ['once', 'twice']) {
      expect(await fault.undo(hand, target, saved)).toStrictEqual({ outcome: 'undone' });
      expect(await look()).toBe('before');
      expect(await found()).toStrictEqual(before);
    }
  });
});

if (!motoAvailable()) sayWithoutMoto('the faults that last, on moto');
