import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { DecisionContext } from '#core/decide/decision-context.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import type { Evidence } from '#core/decide/evidence.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext, slotAt } from '../../support/a-decision-context.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aLedgerState, anInspection } from '../../support/a-guard-context.ts';

const optedIn = { 'chaos:opt-in': 'true' };
const monday = slotAt('2026-11-23T09:00:00Z').at;
const aSlot = (id: string) => ({ id, at: monday });
/** Made once, for tests that decide thousands of times. */
const config = aConfig();
const fixed = { config, calendar: makeCalendar(config) };

/** Of a group as the survey lists it. */
const onListing = (group: InstanceGroup, context: DecisionContext) => evaluate(group, {}, context);

describe('evaluate, of a listed group', () => {
  test('strikes a healthy group that was drawn, and says what was drawn', () => {
    const { decision, intent, missing } = onListing(aGroup(), aDecisionContext());
    expect(decision).toMatchObject({
      group: '222222222222/eu-west-1/asg/web',
      verdict: 'strike',
      reason: { code: 'drawn', text: expect.stringMatching(/^drew 0\.\d{4}, a strike is below 1$/) },
      probability: 1,
      drawn: expect.any(Number),
    });
    expect(intent?.fault).toEqual({ name: 'ec2-terminate', parameters: { via: 'ec2' } });
    expect(missing).toBe('ledger');
  });

  test('names the evidence that is missing, in its order', () => {
    const missing = (evidence: Evidence) => evaluate(aGroup(), evidence, aDecisionContext()).missing;
    expect(missing({})).toBe('ledger');
    expect(missing({ ledger: aLedgerState() })).toBe('inspection');
    expect(missing({ ledger: aLedgerState(), inspection: anInspection() })).toBe('protections');
  });

  test('a probability of 0 never strikes, and 1 always does', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (slot, name) => {
        const verdict = (probability: string) =>
          onListing(
            aGroup({ name, tags: { ...optedIn, 'chaos:probability': probability } }),
            aDecisionContext({ ...fixed, slot: aSlot(slot) }),
          ).decision.verdict;
        expect(verdict('0')).toBe('spare');
        expect(verdict('1')).toBe('strike');
      }),
    );
  });

  test('strikes at the rate it was given, within four standard deviations over 10,000 slots', () => {
    const [slots, p] = [10_000, 1 / 6];
    const rated = { ...fixed, config: aConfig({ rate: { probability: p } }) };
    let strikes = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      const { decision } = onListing(aGroup(), aDecisionContext({ ...rated, slot: aSlot(`${slot}`) }));
      if (decision.verdict === 'strike') strikes += 1;
    }
    expect(Math.abs(strikes - slots * p)).toBeLessThan(4 * Math.sqrt(slots * p * (1 - p)));
  });

  test.each([
    [0.25, 'spare', 'drew 0.2500, a strike is below 0.25'],
    [0.24999, 'strike', 'drew 0.2499, a strike is below 0.25'],
  ])('%d against a probability of 0.25 is a %s', (number, verdict, text) => {
    const context = aDecisionContext();
    const slot = { ...context.draws.slot, number: () => number };
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.25' } });
    expect(onListing(group, { ...context, draws: { ...context.draws, slot } }).decision).toMatchObject({
      verdict,
      reason: { text },
    });
  });

  test('the same slot decides the same', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.5' } });
    expect(onListing(group, aDecisionContext())).toEqual(onListing(group, aDecisionContext()));
  });

  test('force skips the draw and says so', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.0001' } });
    const { decision } = onListing(group, aDecisionContext({ force: true }));
    expect(decision).toEqual({
      group: group.key,
      verdict: 'strike',
      reason: { code: 'forced', text: expect.any(String) },
    });
  });

  const degraded = aGroup({ desired: 4 });
  const lonely = aGroup({ members: [aMember()] });
  test.each<[string, InstanceGroup, string, string]>([
    ['below its desired capacity', degraded, 'group-degraded', '3 of 4 desired instances are healthy'],
    ['with a single instance', lonely, 'too-few-healthy', '1 healthy, at least 2 needed'],
    ['without instances', aGroup({ members: [] }), 'too-few-healthy', '0 healthy, at least 2 needed'],
    [
      'whose owner said never',
      aGroup({ tags: { ...optedIn, 'chaos:probability': '0' } }),
      'probability-zero',
      'its probability is 0: never',
    ],
    [
      'whose healthy members weigh less than it desires',
      aGroup({
        desired: 8,
        members: [aMember({ capacity: 4 }), aMember({ capacity: 2 }), aMember({ capacity: 1 })],
      }),
      'group-degraded',
      '7 of 8 desired units of capacity are healthy',
    ],
    ['that is not opted in', aGroup({ tags: {} }), 'not-opted-in', 'the group has no tag chaos:opt-in=true'],
    [
      'whose opt-in says something else',
      aGroup({ tags: { 'chaos:opt-in': 'True' } }),
      'not-opted-in',
      'the group has no tag chaos:opt-in=true',
    ],
    [
      'with a bad probability',
      aGroup({ tags: { ...optedIn, 'chaos:probability': 'often' } }),
      'bad-tag',
      'chaos:probability="often": expected a number from 0 to 1, such as 0.25 or 1/6',
    ],
    [
      'with an unknown fault',
      aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-stop ec2-melt' } }),
      'bad-tag',
      'chaos:faults="ec2-stop ec2-melt": expected one or more of ec2-terminate, ec2-stop, ec2-reboot',
    ],
    [
      'with an empty list of faults',
      aGroup({ tags: { ...optedIn, 'chaos:faults': ' ' } }),
      'bad-tag',
      'chaos:faults=" ": expected one or more of ec2-terminate, ec2-stop, ec2-reboot',
    ],
    [
      'whose instances disagree about a tag',
      aGroup({ conflictingTags: ['chaos:probability'] }),
      'bad-tag',
      'its targets disagree about chaos:probability',
    ],
    [
      'whose instances disagree about several',
      aGroup({ conflictingTags: ['chaos:faults', 'chaos:probability'] }),
      'bad-tag',
      'its targets disagree about chaos:probability and chaos:faults',
    ],
  ])('spares a group %s, force or not', (_, group, code, text) => {
    for (const force of [false, true]) {
      const { decision, missing } = onListing(group, aDecisionContext({ force }));
      expect(decision).toMatchObject({ verdict: 'spare', reason: { code, text } });
      expect(missing).toBeUndefined();
    }
  });

  test('strikes a weighted group whose few members carry all that it desires', () => {
    const group = aGroup({ desired: 6, members: [aMember({ capacity: 4 }), aMember({ capacity: 2 })] });
    expect(onListing(group, aDecisionContext()).decision.verdict).toBe('strike');
  });

  test('names the first guard that refuses, and the others beside it', () => {
    const group = aGroup({ members: [aMember()], desired: 2, suspendedProcesses: ['Launch'] });
    const { decision } = onListing(group, aDecisionContext());
    expect(decision).toMatchObject({
      verdict: 'spare',
      reason: { code: 'too-few-healthy', text: '1 healthy, at least 2 needed' },
      also: [
        { code: 'min-healthy', text: 'a strike leaves 0 healthy, at least 1 needed (guards.minHealthy)' },
        { code: 'group-degraded', text: '1 of 2 desired instances are healthy' },
        { code: 'replacement-suspended', text: 'suspended: Launch' },
      ],
      // What was drawn stays on record.
      probability: 1,
      drawn: expect.any(Number),
    });
  });

  test('a single refusal has nothing beside it', () => {
    expect(onListing(degraded, aDecisionContext()).decision).not.toHaveProperty('also');
  });

  test.each([
    ['no rate at all', { 'chaos:min-days': '2' }, 'it has chaos:min-days without chaos:mean-days'],
    [
      'a mean below its shortest gap',
      { 'chaos:mean-days': '2', 'chaos:min-days': '5' },
      'its mean gap of 2 work days is below its minimum of 5 (chaos:mean-days, chaos:min-days)',
    ],
  ])('spares a group whose tags give %s', (_, tags, text) => {
    const { decision } = onListing(
      aGroup({ tags: { ...optedIn, ...tags } }),
      aDecisionContext({ force: true }),
    );
    expect(decision).toMatchObject({ verdict: 'spare', reason: { code: 'bad-tag', text } });
  });

  test.each([
    'chaos:opt-in',
    'chaos:mean-days',
    'chaos:min-days',
    'chaos:min-healthy',
    'chaos:app',
    'chaos:alarm',
    'chaos:faults',
  ])('spares standalone instances that disagree about %s', (key) => {
    const { decision } = onListing(aGroup({ kind: 'tag', conflictingTags: [key] }), aDecisionContext());
    expect(decision.reason).toEqual({ code: 'bad-tag', text: `its targets disagree about ${key}` });
  });

  test('is a function of the secret', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:probability': '0.5' } });
    const drawn = (secret: string) => onListing(group, aDecisionContext({ ...fixed, secret })).decision.drawn;
    expect(drawn('one')).toBe(drawn('one'));
    expect(drawn('one')).not.toBe(drawn('two'));
  });

  test('a disagreement about a tag that decides nothing is no matter', () => {
    const { decision } = onListing(aGroup({ conflictingTags: ['Name'] }), aDecisionContext());
    expect(decision.verdict).toBe('strike');
  });

  test('an enabled fault that the tag names is used, each equally often', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-stop, ec2-reboot' } });
    const names = Array.from(
      { length: 2_000 },
      (_, slot) =>
        onListing(group, aDecisionContext({ ...fixed, slot: aSlot(`${slot}`) })).intent?.fault.name,
    );
    const stops = names.filter((name) => name === 'ec2-stop').length;
    expect(names.filter((name) => name === 'ec2-reboot')).toHaveLength(2_000 - stops);
    expect(Math.abs(stops - 1_000)).toBeLessThan(4 * Math.sqrt(500));
  });

  test.each([' ec2-stop', 'ec2-stop ', 'ec2-stop,', ', ec2-stop', 'ec2-stop ec2-stop'])(
    'a tag that says "%s" names one fault',
    (text) => {
      const group = aGroup({ tags: { ...optedIn, 'chaos:faults': text } });
      expect(onListing(group, aDecisionContext()).intent?.fault.name).toBe('ec2-stop');
    },
  );

  test('faults that a tag names are chosen as in earlier versions: a plan announced today holds after an update', () => {
    const faultOf = (name: string) =>
      onListing(
        aGroup({ name, tags: { ...optedIn, 'chaos:faults': 'ec2-terminate ec2-stop ec2-reboot' } }),
        aDecisionContext(fixed),
      ).intent?.fault.name;
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map(faultOf)).toEqual([
      'ec2-stop',
      'ec2-terminate',
      'ec2-stop',
      'ec2-reboot',
      'ec2-stop',
      'ec2-reboot',
    ]);
  });

  test('the request chooses the fault, within what the tag allows', () => {
    const fault = { name: 'ec2-reboot', parameters: {} };
    const asked = { force: true, fault };
    const tagged = (faults: string) =>
      onListing(aGroup({ tags: { ...optedIn, 'chaos:faults': faults } }), aDecisionContext(asked));
    expect(onListing(aGroup(), aDecisionContext(asked)).intent?.fault).toBe(fault);
    expect(tagged('ec2-stop ec2-reboot').intent?.fault).toBe(fault);
    expect(tagged('ec2-stop').decision.reason).toEqual({
      code: 'fault-not-allowed',
      text: 'the requested fault ec2-reboot is not in its tag chaos:faults="ec2-stop"',
    });
    expect(tagged('no-such-fault').decision.reason.code).toBe('bad-tag');
  });

  test('the request need not repeat what the tag says', () => {
    const group = aGroup({ tags: { ...optedIn, 'chaos:faults': 'ec2-reboot' } });
    const fault = { name: 'ec2-reboot', parameters: {} };
    expect(onListing(group, aDecisionContext({ fault })).intent?.fault).toBe(fault);
  });
});
