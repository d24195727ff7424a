import { describe, expect, test } from 'vitest';
import { nextSteps } from '#core/experiment/engine/next-steps.ts';

const run = { id: '20261123T090000Z-00000001', rehearsal: false };
const at = '2026-11-23T09:00:00.000Z';
const scaledUp = (found: number, wanted: number, allowed = found) =>
  nextSteps({ is: 'survived', why: '', at }, run, new Map([['slow', { found, wanted, allowed }]]))[0];

describe('nextSteps', () => {
  test('scales up to twice as many targets, and no more than there are or are allowed', () => {
    expect(scaledUp(10, 2)).toBe('Scale up: slow on 4 of 10 targets.');
    expect(scaledUp(3, 2)).toBe('Scale up: slow on 3 of 3 targets.');
    expect(scaledUp(10, 2, 3)).toBe('Scale up: slow on 3 of 10 targets.');
    expect(scaledUp(10, 5, 5)).toBe('Scale up: a stronger fault, or for longer.');
    expect(scaledUp(1, 1)).toBe('Scale up: a stronger fault, or for longer.');
  });
});
