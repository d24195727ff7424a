import { describe, expect, test } from 'vitest';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { AlarmOrder, stopByAlarm } from '#core/undo/stop-by-alarm.ts';
import { parse } from '#core/util/parse.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';
import { mistakesIn } from '../../support/mistakes-in.ts';

const now = Date.parse('2026-11-23T09:10:00Z');
const clock = { now: () => now, sleep: async () => {} };
const arnOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:${name}`;
const stopConditions = [
  { name: 'orders-down', arn: arnOf('orders') },
  { name: 'checkout-burning', arn: arnOf('checkout: 5xx') },
];
const fired = {
  ...{ account: '111111111111', region: 'eu-west-1', name: 'checkout: 5xx' },
  at: '2026-11-23T09:09:58Z',
};

async function running(...records: readonly Partial<ExperimentRecord>[]) {
  const ledger = inMemoryLedger({ newSecret: () => 'secret' });
  for (const one of records) await ledger.beginExperiment(anExperimentRecord({ stopConditions, ...one }));
  const stopOf = async (run = id) => (await ledger.experiment(run))?.stop;
  return { ledger, stopOf, stop: (alarm = fired) => stopByAlarm(alarm, { ledger, clock }) };
}

describe('an alarm that goes off', () => {
  test('stops what has it as a stop condition, by the name of that', async () => {
    const { stop, stopOf } = await running({});
    expect(await stop()).toEqual([id]);
    expect(await stopOf()).toEqual({
      by: 'stop condition checkout-burning',
      reason: 'alarm checkout: 5xx went off at 2026-11-23T09:09:58Z',
      at: '2026-11-23T09:10:00.000Z',
    });
  });

  test('stops a rehearsal, too, as the engine does', async () => {
    const { stop } = await running({ rehearsal: true });
    expect(await stop()).toEqual([id]);
  });

  test.each([
    ['of another name', { name: 'checkout' }],
    ['whose name ends as it does', { name: '5xx' }],
    ['of another account', { account: '222222222222' }],
    ['of another region', { region: 'eu-west-2' }],
    ['of another partition', { region: 'cn-north-1' }],
    ['that went off before it began', { at: '2026-11-23T08:59:54Z' }],
  ])('%s is none of its business', async (_, changes) => {
    const { stop, stopOf } = await running({});
    expect(await stop({ ...fired, ...changes })).toEqual([]);
    expect(await stopOf()).toBeUndefined();
  });

  test('as it begins is one, by whatever clock', async () => {
    const { stop } = await running({});
    expect(await stop({ ...fired, at: '2026-11-23T08:59:55Z' })).toEqual([id]);
  });

  test('stops those of several that name it, and none that is over or was begun by an older version', async () => {
    const [other, over, old] = ['0', '1', '2'].map((digit) => `20261123T09000${digit}Z-00000000`);
    const { stopConditions: _, ...older } = anExperimentRecord({ id: old ?? '' });
    const { ledger, stop, stopOf } = await running({}, { id: other ?? '' }, { id: over ?? '' });
    await ledger.beginExperiment(older);
    await ledger.endExperiment(over ?? '', { verdict: 'survived', why: 'all held', at: fired.at });
    expect(await stop()).toEqual([id, other]);
    expect([await stopOf(over), await stopOf(old)]).toEqual([undefined, undefined]);
  });

  test('leaves the stop of a person as it is, and is obeyed all the same', async () => {
    const { ledger, stop, stopOf } = await running({});
    const byBob = { by: 'bob', reason: 'too loud', at: '2026-11-23T09:09:00.000Z' };
    await ledger.stopExperiment(id, byBob);
    expect(await stop()).toEqual([id]);
    expect(await stopOf()).toEqual(byBob);
  });

  test('is heard again where the ledger cannot be read: Lambda tries it again', async () => {
    const { ledger } = await running({});
    const runningExperiments = async () => {
      throw new Error('slow down');
    };
    await expect(stopByAlarm(fired, { ledger: { ...ledger, runningExperiments }, clock })).rejects.toThrow(
      'slow down',
    );
  });
});

describe('the order that tells of it', () => {
  test('is what the rule makes of an event', () => {
    expect(parse(AlarmOrder, { alarm: fired }, 'order')).toEqual({ alarm: fired });
  });

  test.each([
    [{ alarm: { ...fired, account: '1' } }, ['alarm.account']],
    [{ alarm: { ...fired, region: 'everywhere' } }, ['alarm.region']],
    [{ alarm: { ...fired, name: '' } }, ['alarm.name']],
    [{ alarm: { ...fired, name: ['checkout'] } }, ['alarm.name']],
    [{ alarm: { ...fired, at: 'soon' } }, ['alarm.at']],
    [{ alarm: { ...fired, state: 'ALARM' } }, ['alarm.state']],
    [{ alarm: arnOf('checkout') }, ['alarm']],
    [{ alarm: fired, all: true }, ['all']],
  ])('is none in another shape: %j', (order, paths) => {
    expect(mistakesIn(() => parse(AlarmOrder, order, 'order'))).toEqual(paths);
  });
});
