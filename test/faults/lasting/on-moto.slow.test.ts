import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Injector, SdkClient, SdkClientClass } from '#core/model/injector.ts';
import type { Hand } from '#core/model/lasting.ts';
import type { Target } from '#core/model/target.ts';
import { faults } from '#faults/registry.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../../support/moto.ts';
import { type MotoAccount, motoAccount } from '../../support/moto-account.ts';
import type { FaultCase, MotoCase } from './fault-case.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const strike = {
  id: '0123456789abcdef',
  deadline: '2026-11-23T09:05:00.000Z',
  notAfter: '2026-11-23T09:01:00.000Z',
};

const cases = await Promise.all(
  [...faults.values()].flatMap((fault) =>
    fault.lasts
      ? [
          import(`./cases/${fault.name}.ts`).then((module: { readonly faultCase: FaultCase }) => ({
            fault,
            name: fault.name,
            onMoto: module.faultCase.onMoto,
          })),
        ]
      : [],
  ),
);
const supported = cases.flatMap(({ onMoto, ...one }) => (onMoto === undefined ? [] : [{ ...one, onMoto }]));

/** Clients of an account in moto, with answers to what moto lacks. */
function clientsOf(account: MotoAccount, { standIns = {} }: MotoCase): Injector['client'] {
  return <Client extends SdkClient>(service: SdkClientClass<Client>) => {
    const client = account.client(service, region);
    const { send } = client as unknown as { send(command: object): Promise<unknown> };
    const answered = async (command: object) =>
      standIns[command.constructor.name] ?? send.call(client, command);
    return Object.assign(client, { send: answered });
  };
}

if (!motoAvailable()) sayWithoutMoto('faults that last, on moto');
describe.runIf(motoAvailable())('on moto', () => {
  let moto: Moto;
  let account: MotoAccount;
  beforeAll(async () => {
    moto = await startMoto();
    account = await motoAccount(moto.endpoint, accountId);
  });
  afterAll(() => moto.stop());

  test.each(supported)('$name is injected, and undone exactly', async ({ fault, onMoto }) => {
    const client = clientsOf(account, onMoto);
    const hand: Hand<unknown> = { client, strike, note: async () => {} };
    const { id, arns, parameters } = onMoto;
    const group = `${accountId}/${region}/any/${id}`;
    const target: Target = { kind: fault.kind, id, arns, account: accountId, region, group, facts: {} };
    await onMoto.create(client);
    const before = await onMoto.describe(client);

    const prepared = await fault.prepare(hand, target, parameters);
    if (!('saved' in prepared)) throw new Error(prepared.unfit);
    const { saved } = prepared;
    expect(await fault.observe(hand, target, saved, strike)).toBe('before');
    await fault.inject(hand, target, parameters, saved);
    expect(await fault.observe(hand, target, saved, strike)).toBe('ours');
    expect(await onMoto.describe(client)).not.toStrictEqual(before);

    for (const _time of ['once', 'twice']) {
      expect(await fault.undo(hand, target, saved)).toStrictEqual({ outcome: 'undone' });
      expect(await fault.observe(hand, target, saved, strike)).toBe('before');
      expect(await onMoto.describe(client)).toStrictEqual(before);
    }
  });

  test.each(supported)('$name sees that its target is gone', async ({ fault, onMoto }) => {
    const client = clientsOf(account, onMoto);
    const hand: Hand<unknown> = { client, strike, note: async () => {} };
    const { id, parameters } = onMoto;
    const target = (name: string, arns: Readonly<Record<string, string>>): Target => ({
      ...{ kind: fault.kind, id: name, arns, account: accountId, region },
      ...{ group: `${accountId}/${region}/any/${name}`, facts: {} },
    });
    const prepared = await fault.prepare(hand, target(id, onMoto.arns), parameters);
    if (!('saved' in prepared)) throw new Error(prepared.unfit);
    const absent = Object.entries(onMoto.arns).map(([type, arn]) => [type, `${arn}-gone`]);
    const gone = target(`${id}-gone`, Object.fromEntries(absent));
    expect(await fault.observe(hand, gone, prepared.saved, strike)).toBe('gone');
    expect(await fault.undo(hand, gone, prepared.saved)).toStrictEqual({ outcome: 'gone' });
  });
});
