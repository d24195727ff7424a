import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRate } from '#core/draws/read-rate.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';

const perSlot = aConfig({ rate: { probability: 0.25 } });
const perDays = aConfig({ rate: { meanDays: 10, minDays: 3 } });
const tagged = (tags: Readonly<Record<string, string>>, config = perSlot) =>
  readRate(aGroup({ tags }), config);
const inSlots = (text: string) => tagged({ 'chaos:probability': text });

describe('readRate', () => {
  test("is the configuration's without a tag", () => {
    expect(tagged({})).toEqual({ mode: 'probability', probability: 0.25 });
    expect(tagged({}, perDays)).toEqual({
      mode: 'mean-days',
      meanDays: 10,
      minDays: 3,
      probability: 1 / 8,
    });
  });

  describe('with a probability tag', () => {
    test.each([
      ['0', 0],
      ['1', 1],
      ['0.5', 0.5],
      ['.5', 0.5],
      ['1.', 1],
      [' 0.125 ', 0.125],
      ['1/6', 1 / 6],
      [' 1/6 ', 1 / 6],
      ['1/10', 0.1],
      ['10./20', 0.5],
      ['1 / 3', 1 / 3],
      ['0/5', 0],
    ])('"%s" overrides it, in slots', (text, probability) => {
      expect(inSlots(text)).toEqual({ mode: 'probability', probability });
      expect(tagged({ 'chaos:probability': text }, perDays)).toEqual({ mode: 'probability', probability });
    });

    test.each([
      '',
      ' ',
      'often',
      '1.01',
      '-0.1',
      '50%',
      '1/0',
      '1/6%',
      '1/2/3',
      '0/0',
      '2/1',
      '1e-3',
      '0x1',
      'NaN',
      'Infinity',
      '0,5',
      '.',
    ])('"%s" is bad, and the text names it', (text) => {
      expect(inSlots(text)).toEqual({ badTag: expect.stringContaining(`chaos:probability="${text}"`) });
    });
  });

  describe('with tags in days', () => {
    const daily = (meanDays: number, minDays: number) => ({
      mode: 'mean-days',
      meanDays,
      minDays,
      probability: 1 / (meanDays - minDays + 1),
    });

    test.each([
      ['a mean alone: every day is allowed', { 'chaos:mean-days': '5' }, perSlot, daily(5, 1)],
      [
        'a mean and a shortest gap',
        { 'chaos:mean-days': ' 7.5 ', 'chaos:min-days': '2' },
        perSlot,
        daily(7.5, 2),
      ],
      [
        'the shortest gap as the mean',
        { 'chaos:mean-days': '4', 'chaos:min-days': '4' },
        perSlot,
        daily(4, 4),
      ],
      ['a mean of days and quarters', { 'chaos:mean-days': '7.25' }, perSlot, daily(7.25, 1)],
      ['a mean of one day', { 'chaos:mean-days': '1' }, perSlot, daily(1, 1)],
      ["a mean beside the configuration's shortest gap", { 'chaos:mean-days': '4' }, perDays, daily(4, 3)],
      ["a shortest gap beside the configuration's mean", { 'chaos:min-days': '10' }, perDays, daily(10, 10)],
    ])('%s', (_, tags, config, rate) => {
      expect(tagged(tags, config)).toEqual(rate);
    });

    test.each([
      [
        'a shortest gap above the mean',
        { 'chaos:mean-days': '2', 'chaos:min-days': '3' },
        perSlot,
        'its mean gap of 2 work days is below its minimum of 3 (chaos:mean-days, chaos:min-days)',
      ],
      [
        "a mean below the configuration's shortest gap",
        { 'chaos:mean-days': '2' },
        perDays,
        'its mean gap of 2 work days is below its minimum of 3 (chaos:mean-days, chaos:min-days)',
      ],
      [
        'a shortest gap without any mean',
        { 'chaos:min-days': '2' },
        perSlot,
        'it has chaos:min-days without chaos:mean-days',
      ],
      [
        'two rates',
        { 'chaos:probability': '0.5', 'chaos:mean-days': '5' },
        perSlot,
        'it has chaos:probability and chaos:mean-days: expected one rate',
      ],
      [
        'a probability with a shortest gap',
        { 'chaos:probability': '0.5', 'chaos:min-days': '5' },
        perDays,
        'it has chaos:probability and chaos:min-days: expected one rate',
      ],
    ])('%s is bad, and the text says why', (_, tags, config, badTag) => {
      expect(tagged(tags, config)).toEqual({ badTag });
    });

    test.each(['', ' ', 'weekly', '0', '0.9', '-5', '5 days', '1/5', '5,5', '.5', 'NaN', '1e2'])(
      'a mean of "%s" is bad',
      (text) => {
        expect(tagged({ 'chaos:mean-days': text })).toEqual({
          badTag: `chaos:mean-days="${text}": expected a number of work days, at least 1, such as 5 or 7.5`,
        });
      },
    );

    test.each(['', '0', '1.5', '-1', '2d', '1e1'])('a shortest gap of "%s" is bad', (text) => {
      expect(tagged({ 'chaos:mean-days': '20', 'chaos:min-days': text })).toEqual({
        badTag: `chaos:min-days="${text}": expected a whole number of work days, at least 1`,
      });
    });
  });

  test('the chance of a day gives the mean that was asked for: the shortest gap, and a wait of 1/p days from its end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (min, more) => {
          const rate = readRate(aGroup(), aConfig({ rate: { meanDays: min + more, minDays: min } }));
          const { probability } = 'badTag' in rate ? { probability: 0 } : rate;
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThanOrEqual(1);
          expect(min - 1 + 1 / probability).toBeCloseTo(min + more, 6);
        },
      ),
    );
  });

  test('tag keys are the configured ones', () => {
    const config = aConfig({ tags: { meanDays: 'monkey:mean', probability: 'monkey:chance' } });
    expect(tagged({ 'monkey:mean': '2', 'chaos:probability': 'often' }, config)).toMatchObject({
      mode: 'mean-days',
      meanDays: 2,
    });
  });
});
