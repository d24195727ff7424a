import { describe, expect, test } from 'vitest';
import type { GroupLeash } from '#core/model/group-record.ts';
import { StrikeConflict, type StrikeOutcome } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aClaim, aRecovery, aStrikeEntry } from '../support/a-claim.ts';
import type { Open } from './open-ledger.ts';

const claim = aClaim();
const { group, slot } = claim;
const succeeded: StrikeOutcome = { outcome: 'succeeded', detail: 'running -> shutting-down' };
const failed: StrikeOutcome = { outcome: 'failed', detail: 'denied' };
const unknown: StrikeOutcome = { outcome: 'unknown', detail: 'no answer' };
const outcomes = [succeeded, failed, unknown];
const notRecovered = aRecovery({ outcome: 'not-recovered', text: '2 of 3 desired are healthy' });

export function outcomeFacts(open: Open): void {
  const strike = async (ledger: Ledger) => (await ledger.recentStrikes(group, 1)).found[0];
  const record = async (ledger: Ledger) => (await ledger.groupRecords([group])).found.get(group);
  const isOpen = async (ledger: Ledger) => (await ledger.openStrikes()).found.length === 1;

  describe('an outcome', () => {
    test.each(outcomes)('$outcome stands with the strike, planned or striking', async (outcome) => {
      const expected = { state: outcome.outcome, detail: outcome.detail };
      await open().claim(claim);
      await open().settle(claim, outcome);
      expect(await strike(open())).toStrictEqual(aStrikeEntry(expected));

      const other = aClaim({ group: 'other' });
      await open().claim(other);
      await open().begin(other);
      await open().settle(other, outcome);
      expect((await open().recentStrikes('other', 1)).found).toStrictEqual([
        aStrikeEntry({ group: 'other', ...expected }),
      ]);
      expect((await open().openStrikes()).found).toHaveLength(outcome.outcome === 'failed' ? 0 : 2);
    });

    test.each(outcomes)('that was unknown can be $outcome', async (outcome) => {
      await open().claim(claim);
      await open().settle(claim, unknown);
      await open().settle(claim, outcome);
      expect(await strike(open())).toMatchObject({ state: outcome.outcome, detail: outcome.detail });
      expect(await isOpen(open())).toBe(outcome.outcome !== 'failed');
    });

    test.each([succeeded, failed])('$outcome is final', async (first) => {
      await open().claim(claim);
      await open().settle(claim, first);
      for (const second of outcomes) {
        const refused = open().settle(claim, second);
        await expect(refused).rejects.toBeInstanceOf(StrikeConflict);
        await expect(refused).rejects.toThrow(
          `run ${claim.runId} has no unsettled strike: ${group} in slot ${slot}`,
        );
      }
      expect(await strike(open())).toMatchObject({ state: first.outcome });
    });

    test.each(outcomes)('$outcome is not taken without a strike, or of another run', async (outcome) => {
      await expect(open().settle(claim, outcome)).rejects.toBeInstanceOf(StrikeConflict);
      expect(await strike(open())).toBeUndefined();
      await open().claim(claim);
      const another = { ...claim, runId: 'another' };
      await expect(open().settle(another, outcome)).rejects.toBeInstanceOf(StrikeConflict);
      expect(await strike(open())).toStrictEqual(aStrikeEntry());
    });

    test('of 20 concurrent callers that settle a strike as failed, one succeeds', async () => {
      await open().claim(claim);
      const settled = await Promise.allSettled(
        Array.from({ length: 20 }, () => open().settle(claim, failed)),
      );
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toStrictEqual(
        Array.from({ length: 19 }, () => expect.any(StrikeConflict)),
      );
      expect(await record(open())).toMatchObject({ version: 2 });
    });

    test('failed: the strike does not count as the last, but keeps its slot', async () => {
      await open().claim(claim);
      await open().settle(claim, failed);
      const after = await record(open());
      expect(after).toMatchObject({ last: undefined });
      expect(after?.version).toBeGreaterThan(1);
      expect(await open().claim({ ...claim, runId: 'another', version: 2 })).toMatchObject({
        status: 'taken',
      });
    });
  });

  describe('a refusal of AWS', () => {
    const refused = async (slot: string, day: string, id: string, isRefusal = true) => {
      const { version = 0 } = (await record(open())) ?? {};
      const one = aClaim({ slot, day, version, target: { ...claim.target, id } });
      await open().claim(one);
      await open().settle(one, { ...failed, ...(isRefusal && { isRefusal }) });
    };
    const refusals = async () => (await record(open()))?.refusals;

    test('is kept with the group for its day, oldest first', async () => {
      expect(await refusals()).toBeUndefined();
      await refused('2026-11-23T09:00:00Z', '2026-11-23', 'i-a');
      await refused('2026-11-23T10:00:00Z', '2026-11-23', 'i-b');
      expect(await refusals()).toStrictEqual({
        day: '2026-11-23',
        of: [
          { targetId: 'i-a', detail: 'denied' },
          { targetId: 'i-b', detail: 'denied' },
        ],
      });
      await refused('2026-11-24T09:00:00Z', '2026-11-24', 'i-c');
      expect(await refusals()).toStrictEqual({
        day: '2026-11-24',
        of: [{ targetId: 'i-c', detail: 'denied' }],
      });
    });

    test('is not another failure, and outlasts those', async () => {
      await refused('2026-11-23T09:00:00Z', '2026-11-23', 'i-a', false);
      expect(await refusals()).toBeUndefined();
      await refused('2026-11-23T10:00:00Z', '2026-11-23', 'i-b');
      await refused('2026-11-23T11:00:00Z', '2026-11-23', 'i-c', false);
      expect((await refusals())?.of.map(({ targetId }) => targetId)).toEqual(['i-b']);
    });

    test('leaves the veto and the last strike on record', async () => {
      const first = aClaim({ slot: '2026-11-22T09:00:00Z', day: '2026-11-22' });
      await open().claim(first);
      await open().settle(first, succeeded);
      await refused('2026-11-23T09:00:00Z', '2026-11-23', 'i-a');
      expect(await record(open())).toMatchObject({
        last: { day: '2026-11-22' },
        refusals: { day: '2026-11-23' },
      });
    });

    test('is truncated, and the last five of a day are kept', async () => {
      for (let hour = 10; hour < 17; hour += 1) {
        await refused(`2026-11-23T${hour}:00:00Z`, '2026-11-23', `i-${hour}`);
      }
      expect((await refusals())?.of.map(({ targetId }) => targetId)).toEqual([
        'i-12',
        'i-13',
        'i-14',
        'i-15',
        'i-16',
      ]);
      const long = aClaim({ slot: 'adhoc/1', version: (await record(open()))?.version ?? 0 });
      await open().claim(long);
      await open().settle(long, { outcome: 'failed', detail: 'x'.repeat(400), isRefusal: true });
      expect((await refusals())?.of.at(-1)?.detail).toHaveLength(200);
    });
  });

  describe('the last strike', () => {
    const at = (day: number, version: number) =>
      aClaim({
        slot: `2026-11-${day}T09:00:00Z`,
        day: `2026-11-${day}`,
        at: `2026-11-${day}T09:00:01Z`,
        version,
      });
    const last = async () => (await record(open()))?.last?.day;

    test('is the previous one if the last has failed', async () => {
      await open().claim(at(23, 0));
      await open().claim(at(24, 1));
      await open().settle(at(24, 1), failed);
      expect((await record(open()))?.last).toStrictEqual({
        slot: '2026-11-23T09:00:00Z',
        day: '2026-11-23',
        at: '2026-11-23T09:00:01Z',
      });
    });

    test('stays if an earlier one turns out to have failed', async () => {
      await open().claim(at(23, 0));
      await open().settle(at(23, 0), unknown);
      await open().claim(at(24, 1));
      await open().settle(at(23, 0), failed);
      expect(await last()).toBe('2026-11-24');
    });

    test('is never one that has failed, whatever the order', async () => {
      await open().claim(at(20, 0));
      await open().claim(at(23, 1));
      await open().claim(at(24, 2));
      await open().settle(at(23, 1), failed);
      await open().settle(at(24, 2), failed);
      expect(await last()).toBe('2026-11-20');
      await open().settle(at(20, 0), failed);
      expect(await last()).toBeUndefined();
    });

    test('is the one claimed last, whatever the clocks say', async () => {
      await open().claim(at(27, 0));
      await open().claim(at(25, 1));
      await open().claim(at(26, 2));
      await open().settle(at(26, 2), failed);
      expect(await last()).toBe('2026-11-25');
    });
  });

  describe('open strikes', () => {
    test('there are none at first', async () => {
      expect((await open().openStrikes()).found).toStrictEqual([]);
    });

    test('the oldest come first, planned, striking, succeeded and unknown', async () => {
      const claims = ['d', 'a', 'c', 'b', 'e'].map((name, index) =>
        aClaim({ group: name, at: `2026-11-23T09:00:0${5 - index}.000Z` }),
      );
      const [d, a, c, , e] = claims;
      if (d === undefined || a === undefined || c === undefined || e === undefined) throw new Error();
      for (const one of claims) await open().claim(one);
      await open().settle(d, succeeded);
      await open().settle(a, unknown);
      await open().begin(c);
      await open().settle(e, failed);
      expect((await open().openStrikes()).found.map((one) => [one.group, one.state])).toStrictEqual([
        ['b', 'planned'],
        ['c', 'striking'],
        ['a', 'unknown'],
        ['d', 'succeeded'],
      ]);
    });

    test('all of 60 are there', async () => {
      const ledger = open();
      const groups = Array.from({ length: 60 }, (_, index) => `group-${10 + index}`);
      await Promise.all(groups.map((one) => ledger.claim(aClaim({ group: one }))));
      expect((await ledger.openStrikes()).found.map((one) => one.group)).toStrictEqual(groups);
    });
  });

  describe('closing a strike', () => {
    test.each(['recovered', 'gone', 'not-recovered'] as const)(
      '%s stands with the strike, which is open no more',
      async (outcome) => {
        const recovery = aRecovery({ outcome });
        await open().claim(claim);
        await open().settle(claim, succeeded);
        expect(await isOpen(open())).toBe(true);
        await open().close(claim, recovery);
        expect(await isOpen(open())).toBe(false);
        expect(await strike(open())).toStrictEqual(
          aStrikeEntry({ state: 'succeeded', detail: succeeded.detail, recovery }),
        );
      },
    );

    test('a strike with an unknown outcome can be closed, and then not settled', async () => {
      await open().claim(claim);
      await open().settle(claim, unknown);
      const recovery = {
        outcome: 'gone',
        at: '2026-11-23T10:00:00Z',
        text: 'the group no longer exists',
      } as const;
      await open().close(claim, recovery);
      expect(await strike(open())).toStrictEqual(
        aStrikeEntry({ state: 'unknown', detail: 'no answer', recovery }),
      );
      for (const outcome of outcomes) {
        await expect(open().settle(claim, outcome)).rejects.toBeInstanceOf(StrikeConflict);
      }
    });

    test('a group that recovered keeps its record', async () => {
      await open().claim(claim);
      await open().settle(claim, succeeded);
      const before = await record(open());
      await open().close(claim, aRecovery());
      expect(await record(open())).toStrictEqual(before);
    });

    test('a group that did not recover is leashed', async () => {
      await open().claim(claim);
      await open().settle(claim, succeeded);
      await open().close(claim, notRecovered);
      expect(await record(open())).toStrictEqual({
        version: 2,
        last: { slot, day: claim.day, at: claim.at },
        veto: undefined,
        leash: { reason: '2 of 3 desired are healthy', by: 'chaos_monkey', at: notRecovered.at },
      });
    });

    test("a person's leash stays as it is", async () => {
      const leash: GroupLeash = { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00Z' };
      await open().claim(claim);
      await open().settle(claim, succeeded);
      await open().setLeash(group, leash);
      await open().close(claim, notRecovered);
      expect(await record(open())).toMatchObject({ leash });
    });

    test('is refused for a strike that is planned, striking, failed, closed, gone, or of another run', async () => {
      const refused = async (runId = claim.runId) => {
        const closing = open().close({ ...claim, runId }, notRecovered);
        await expect(closing).rejects.toBeInstanceOf(StrikeConflict);
        await expect(closing).rejects.toThrow(
          `run ${runId} has no strike waiting for recovery: ${group} in slot ${slot}`,
        );
      };
      await refused();
      await open().claim(claim);
      await refused();
      await open().begin(claim);
      await refused();
      await open().settle(claim, succeeded);
      await refused('another');
      await open().close(claim, aRecovery());
      await refused();
      expect(await record(open())).toMatchObject({ leash: undefined });

      const other = aClaim({ group: 'other' });
      await open().claim(other);
      await open().settle(other, failed);
      await expect(open().close(other, notRecovered)).rejects.toBeInstanceOf(StrikeConflict);
    });

    test('of 20 concurrent callers, one succeeds', async () => {
      await open().claim(claim);
      await open().settle(claim, succeeded);
      const closed = await Promise.allSettled(
        Array.from({ length: 20 }, () => open().close(claim, notRecovered)),
      );
      expect(closed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await record(open())).toMatchObject({ version: 2 });
    });
  });

  describe('recent strikes', () => {
    test('of one group come newest first, up to the limit, including failed ones', async () => {
      const slots = ['2026-11-24T09:00:00Z', 'adhoc/zzz', '2026-11-25T09:00:00Z', 'adhoc/000'];
      const strikes = slots.map((one, index) =>
        aClaim({ slot: one, at: `2026-11-2${index + 4}T09:00:01Z`, version: index }),
      );
      for (const one of strikes) await open().claim(one);
      await open().claim(aClaim({ group: `${group}-2` }));
      const [first] = strikes;
      if (first !== undefined) await open().settle(first, succeeded);
      const recent = async (limit: number) =>
        (await open().recentStrikes(group, limit)).found.map((one) => one.slot);
      expect(await recent(9)).toStrictEqual(slots.toReversed());
      expect(await recent(2)).toStrictEqual(['adhoc/000', '2026-11-25T09:00:00Z']);
    });

    test('are ordered by the clocks of their runs, whichever was claimed first', async () => {
      const ats = [27, 25, 26].map((day) => `2026-11-${day}T09:00:01Z`);
      for (const [version, at] of ats.entries())
        await open().claim(aClaim({ slot: `adhoc/${version}`, at, version }));
      const recent = (await open().recentStrikes(group, 9)).found;
      expect(recent.map(({ at }) => at)).toStrictEqual(ats.toSorted().toReversed());
    });
  });
}
