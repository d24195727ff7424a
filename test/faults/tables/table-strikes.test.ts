import { describe, expect, test } from 'vitest';
import { dynamodbDeny } from '#faults/tables/dynamodb-deny.ts';
import { dynamodbThrottle } from '#faults/tables/dynamodb-throttle.ts';
import { aStrikeWorld, minuteMs } from '../lasting/a-strike-world.ts';
import { aTable } from '../lasting/a-table.ts';

const stop = { reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' };
const parameters = { readUnits: 1, writeUnits: 1, minutes: 5 };

describe('dynamodb-deny', () => {
  test('that is stopped within the 15 seconds between two changes of a policy waits for their end', async () => {
    const world = aStrikeWorld(dynamodbDeny);
    const { control } = aTable(world);
    await world.strike(await world.find('orders'), { actions: ['dynamodb:GetItem'], minutes: 5 });
    await world.ledger.setStop(stop);
    const startedAt = world.clock.now();
    const { strikes } = await world.janitor();
    expect(strikes).toMatchObject([{ outcome: 'ended' }]);
    expect(control.policy.readAt(Date.parse('2100-01-01'))).toBeUndefined();
    // Until AWS must have shown all that was done.
    expect(world.clock.now() - startedAt).toBeLessThan(dynamodbDeny.propagationMs + 6_000);
    const refused = world.calls.filter(({ action }) => action === 'dynamodb:DeleteResourcePolicy');
    expect(refused.length).toBeGreaterThan(1);
  });
});

describe('dynamodb-throttle', () => {
  const struck = async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    const { control } = aTable(world, { provisioned: { read: 10, write: 10 } });
    const target = await world.find('orders');
    const outcome = await world.strike(target, parameters);
    const units = () => {
      const { ReadCapacityUnits } = control.capacity?.describe(Date.parse('2100-01-01')) ?? {};
      return ReadCapacityUnits;
    };
    return { world, control, target, units, outcome };
  };
  const throttled = (world: Awaited<ReturnType<typeof struck>>['world'], value: number, minute = 1) =>
    world.region.metrics.put({
      namespace: 'AWS/DynamoDB',
      name: 'ReadThrottleEvents',
      dimensions: { TableName: 'orders' },
      at: Date.parse('2026-11-23T09:00:00Z') + minute * minuteMs,
      value,
    });
  const detailOf = async ({ world, target }: Awaited<ReturnType<typeof struck>>) => {
    const { found } = await world.ledger.recentStrikes(target.group, 1);
    return found[0]?.detail;
  };

  test('takes back what is ours where somebody else has changed the other unit', async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    const { control } = aTable(world);
    await world.strike(await world.find('orders'), parameters);
    control.maximum.plan({ MaxReadRequestUnits: 70 }, world.clock.now())();
    await world.janitors(8);
    const { MaxReadRequestUnits, MaxWriteRequestUnits = -1 } =
      control.maximum.describe(Date.parse('2100-01-01')) ?? {};
    expect({ MaxReadRequestUnits, MaxWriteRequestUnits }).toStrictEqual({
      MaxReadRequestUnits: 70,
      MaxWriteRequestUnits: -1,
    });
    expect(await world.openEntries()).toMatchObject([{ state: 'contested' }]);
  });

  test('is ended by its schedules where nobody is left, whatever its owner has done to other parts', async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    const provisioned = { read: 10, write: 10 };
    const index = (name: string) => ({ name, partitionKey: name, provisioned });
    const { control } = aTable(world, { provisioned, indexes: ['gone', 'back', 'struck'].map(index) });
    await world.strike(await world.find('orders'), parameters);
    expect(world.region.schedules.all).toHaveLength(4);
    const [, back] = control.indexes;
    back?.capacity?.plan({ ReadCapacityUnits: 10, WriteCapacityUnits: 10 }, world.clock.now())();
    (control.indexes as unknown[]).shift();
    await world.pass(40 * minuteMs);
    const later = Date.parse('2100-01-01');
    for (const part of [control, ...control.indexes]) {
      expect(part.capacity?.describe(later)).toMatchObject({ ReadCapacityUnits: 10, WriteCapacityUnits: 10 });
    }
  });

  test('is undone with all of its schedules, which its commands by hand name', async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    aTable(world, { indexes: [{ name: 'by-customer', partitionKey: 'customer' }] });
    await world.strike(await world.find('orders'), parameters);
    const names = world.region.schedules.all.map(({ seed }) => seed.name);
    const [{ byHand, id } = { byHand: [], id: '' }] = await world.openEntries();
    expect(names).toEqual([`chaos-${id}`, `chaos-${id}-2`]);
    for (const name of names)
      expect(byHand.join('\n')).toMatch(new RegExp(`delete-schedule .*--name ${name} `));
    await world.janitors(8);
    expect(world.region.schedules.all).toStrictEqual([]);
  });

  test('waits while the table is being changed by somebody else', async () => {
    const { world, control, units } = await struck();
    control.updatingUntil = world.clock.now() + 40 * minuteMs;
    await world.janitors(7);
    expect(units()).toBe(1);
    expect(await world.openEntries()).toMatchObject([{ state: 'undoing' }]);
    await world.pass(40 * minuteMs);
    await world.janitors(2);
    expect(units()).toBe(10);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('keeps its entry open while the table is being changed, whatever it shows', async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    const { control } = aTable(world, { provisioned: { read: 10, write: 10 } });
    const entry = await world.reserve(await world.find('orders'), parameters);
    await world.ledger.changeUndo(entry, { state: 'injecting' });
    control.updatingUntil = world.clock.now() + 60 * minuteMs;
    await world.janitors(10);
    expect(await world.openEntries()).toHaveLength(1);
    await world.pass(60 * minuteMs);
    await world.janitors(2);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('is not injected while the table is being changed', async () => {
    const world = aStrikeWorld(dynamodbThrottle);
    const { control } = aTable(world, { provisioned: { read: 10, write: 10 } });
    const entry = await world.reserve(await world.find('orders'), parameters);
    control.updatingUntil = world.clock.now() + minuteMs;
    expect(await world.inject(entry)).toMatchObject({ outcome: 'failed' });
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('reports how much was throttled in its time', async () => {
    const strike = await struck();
    throttled(strike.world, 12);
    throttled(strike.world, 100, -5);
    await strike.world.janitors(8);
    expect(await detailOf(strike)).toBe('dynamodb-throttle throttled at least 12 requests');
  });

  test('does not count what was throttled in the minute in which it began', async () => {
    const strike = await struck();
    throttled(strike.world, 100, 0);
    throttled(strike.world, 12);
    await strike.world.janitors(8);
    expect(await detailOf(strike)).toBe('dynamodb-throttle throttled at least 12 requests');
  });

  test('says up to when CloudWatch reports nothing, as it reports late', async () => {
    const strike = await struck();
    expect(await detailOf(strike)).toMatch(/^until .*; leaves writes that/);
    await strike.world.janitors(8);
    expect(await detailOf(strike)).toBe(
      'dynamodb-throttle was in place; CloudWatch reports no throttled request up to 09:02 UTC',
    );
  });

  test('says that nothing can be known yet where it was in place for a moment', async () => {
    const strike = await struck();
    await strike.world.ledger.setStop(stop);
    await strike.world.janitors(2);
    expect(await detailOf(strike)).toBe(
      'dynamodb-throttle was in place; CloudWatch reports what it throttled some minutes later',
    );
  });

  test('reports that it had no effect where all of its time has been reported', async () => {
    const strike = await struck();
    await strike.world.pass(40 * minuteMs);
    await strike.world.janitors(2);
    expect(await detailOf(strike)).toBe(
      'dynamodb-throttle had no effect: CloudWatch reports no throttled request',
    );
  });

  test('is closed where that cannot be read, and says so', async () => {
    const strike = await struck();
    strike.world.sandbox.disruptions.deny({ action: 'cloudwatch:GetMetricData' });
    await strike.world.janitors(8);
    expect(await strike.world.openEntries()).toStrictEqual([]);
    expect(await detailOf(strike)).toMatch(/could not be read: AccessDenied/);
  });
});
