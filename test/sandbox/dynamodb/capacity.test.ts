import { describe, expect, test } from 'vitest';
import { Capacity } from '#sandbox/dynamodb/capacity.ts';

const [hourMs, updateMs] = [3_600_000, 10_000];
const noon = Date.parse('2026-11-23T12:00:00Z');

/** Source: DynamoDB Developer Guide, "Quotas", "Decreasing provisioned throughput". */
describe('decreases of provisioned capacity', () => {
  const decreased = () => {
    const capacity = new Capacity({ read: 100, write: 100 }, updateMs);
    const to = (units: number, at: number) =>
      capacity.plan({ ReadCapacityUnits: units, WriteCapacityUnits: 100 }, at)();
    for (const [index, units] of [90, 80, 70, 60].entries()) to(units, noon + index);
    return { capacity, to };
  };

  test('after four a day there is an hour between them', () => {
    const { capacity, to } = decreased();
    expect(() => to(50, noon + hourMs)).toThrow(/Number of decreases today: 4/);
    to(50, noon + hourMs + 3);
    expect(() => to(40, noon + hourMs + 4)).toThrow(/Number of decreases today: 5/);
    expect(capacity.describe(noon + 2 * hourMs)).toMatchObject({
      NumberOfDecreasesToday: 5,
      LastDecreaseDateTime: new Date(noon + hourMs + 3),
    });
  });

  test('they are counted by UTC day', () => {
    const { capacity, to } = decreased();
    const midnight = Date.parse('2026-11-24T00:00:00Z');
    expect(capacity.describe(midnight - 1).NumberOfDecreasesToday).toBe(4);
    expect(capacity.describe(midnight).NumberOfDecreasesToday).toBe(0);
    for (const units of [50, 40, 30, 20]) to(units, midnight);
    expect(() => to(10, midnight)).toThrow(/Number of decreases today: 4/);
  });

  test('an increase is none, and a decrease of one number is', () => {
    const { capacity, to } = decreased();
    to(200, noon + 5);
    expect(capacity.describe(noon + hourMs).LastIncreaseDateTime).toEqual(new Date(noon + 5));
    expect(() => capacity.plan({ ReadCapacityUnits: 300, WriteCapacityUnits: 99 }, noon + 6)).toThrow(
      /decreases are limited/,
    );
  });
});
