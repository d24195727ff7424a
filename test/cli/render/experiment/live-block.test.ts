import { describe, expect, test } from 'vitest';
import { liveBlock, progressBlock } from '#cli/render/experiment/live-block.ts';
import type { LiveProbe } from '#core/experiment/engine/ports.ts';

const now = Date.parse('2026-11-23T09:00:12.300Z');
const phase = { is: 'fault', stage: 1, from: now - 12_300, to: now + 287_700 } as const;
const judged = (probe: string, odds: number): LiveProbe => ({
  ...{ ...phase, probe, bad: 12, measured: 1_500, odds, bound: 111 },
});
const observed = (probe: string): LiveProbe => ({ ...phase, probe, bad: 0, measured: 9 });
const names = ['page', 'checkout', 'likes', 'images', 'visitors'];
// In the order in which they were sampled last.
const seen = [observed('visitors'), judged('likes', 1e12), observed('images'), judged('page', 3.21)];

describe('liveBlock', () => {
  test('has a line for each probe, in the order of the file, in 80 columns', () => {
    const text = liveBlock([...seen, judged('checkout', 0.4)], names, now, 80);
    expect(text).toBe(`under the fault, stage 1: 12.3 s of 5 min
  page      12 of 1,500 (0.8 %) bad  3.21 to 1; 111 to 1 is enough
  checkout  12 of 1,500 (0.8 %) bad  0.4 to 1; 111 to 1 is enough
  likes     12 of 1,500 (0.8 %) bad  more than 1,000,000,000 to 1; 111 to 1 is enough
  images    0 of 9 (0 %) bad
  visitors  0 of 9 (0 %) bad`);
  });

  test('shortens names before it would cut the evidence', () => {
    const long = 'the-page-that-visitors-see-first-after-they-have-signed-in';
    const text = liveBlock([judged(long, 3.21)], [long], now, 80);
    const [, row = ''] = text.split('\n');
    expect(row.length).toBeLessThan(80);
    expect(row).toMatch(/^ {2}the-page-that-.*\.\.\. {2}12 of .* is enough$/);
  });

  test('says which has deviated, and that none was sampled yet', () => {
    const why = '15 of the last 15 (100 %) samples were bad';
    expect(liveBlock([{ ...judged('page', 1e6), why }], names, now, 80)).toMatch(/bad {2}deviated$/);
    expect(liveBlock([], names, now, 80)).toBe('starting');
  });
});

test('what an experiment in AWS told is shown in an order that stays', () => {
  const told = { ...phase, stages: 2, at: now, more: 3 };
  const text = (probes: readonly LiveProbe[]) => progressBlock({ ...told, probes: [...probes] }, 80);
  expect(
    text(seen)
      .split('\n')
      .map((row) => row.trim().split(' ')[0]),
  ).toEqual([...['under', 'likes', 'page', 'images', 'visitors', 'and']]);
  expect(text(seen.toReversed())).toBe(text(seen));
});
