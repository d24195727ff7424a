import { describe, expect, test } from 'vitest';
import { mostNotes } from '#core/ledger/fit-experiment.ts';
import { type ExperimentEnd, ExperimentOver, type ExperimentStop } from '#core/ports/experiment-ledger.ts';
import { anExperimentRecord, anExperimentId as id } from '../support/an-experiment-record.ts';
import type { Open } from './open-ledger.ts';

const record = anExperimentRecord();
const { leaseUntil } = record;
const stop: ExperimentStop = { by: 'bob', reason: 'too loud', at: '2026-11-23T09:00:20.000Z' };
const ended: ExperimentEnd = { verdict: 'survived', why: 'all held', at: '2026-11-23T09:05:00.000Z' };
const note = { at: '2026-11-23T10:00:00.000Z', by: 'carol', text: 'the fallback was off' };
const lease = { now: leaseUntil - 30_000, until: leaseUntil + 60_000, isWaiting: false };
const progress = {
  ...{ is: 'fault' as const, stage: 1, stages: 3, more: 0 },
  ...{ at: lease.now, from: lease.now - 20_000, to: lease.now + 40_000 },
  probes: [
    { probe: 'page', bad: 3, measured: 400, odds: 1.5, bound: 100 },
    { probe: 'load', bad: 0, measured: 400 },
  ],
};
const idOf = (index: number) => `20261123T09000${index}Z-3f9a1c2b`;

export function experimentFacts(open: Open): void {
  const found = () => open().experiment(id);
  const running = async () => (await open().runningExperiments()).found.map((one) => one.id);

  describe('experiments', () => {
    test('one that was begun is on record as it was given, and is running', async () => {
      expect(await found()).toBeUndefined();
      expect(await open().beginExperiment(record)).toBe(true);
      expect(await found()).toStrictEqual(record);
      expect(await running()).toStrictEqual([id]);
    });

    test('the alarms that end one are on record', async () => {
      const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:checkout';
      const given = { ...record, stopConditions: [{ name: 'checkout-burning', arn }] };
      expect(await open().beginExperiment(given)).toBe(true);
      expect(await open().beginExperiment(given)).toBe(true);
      expect((await open().runningExperiments()).found).toStrictEqual([given]);
    });

    test('of 10 that are begun at once under one id exactly one is', async () => {
      const given = Array.from({ length: 10 }, (_, index) => ({ ...record, startedBy: `starter-${index}` }));
      const begun = await Promise.all(given.map((one) => open().beginExperiment(one)));
      expect(begun.filter((isFirst) => isFirst)).toHaveLength(1);
      expect((await found())?.startedBy).toBe(`starter-${begun.indexOf(true)}`);
    });

    test('of 10 that are begun at once as many are as are admitted beside those that run', async () => {
      const admit = ({ found }: { readonly found: readonly object[] }) => {
        if (found.length >= 2) throw new Error(`${found.length} are running`);
      };
      await open().beginExperiment({ ...record, id: idOf(0) });
      await open().endExperiment(idOf(0), ended);
      const ids = Array.from({ length: 10 }, (_, index) => `20261123T090001Z-0000000${index}`);
      const begun = await Promise.allSettled(
        ids.map((one) => open().beginExperiment({ ...record, id: one }, admit)),
      );
      expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(await running()).toHaveLength(2);
      // What is refused is not on record, and one that is over makes room.
      expect((await open().recentExperiments(20)).found).toHaveLength(3);
      await open().endExperiment((await running())[0] ?? '', ended);
      expect(await open().beginExperiment({ ...record, id: idOf(9) }, admit)).toBe(true);
      await expect(open().beginExperiment({ ...record, id: idOf(8) }, admit)).rejects.toThrow(
        '2 are running',
      );
      // Whoever did not hear the answer is not in the way of itself.
      expect(await open().beginExperiment({ ...record, id: idOf(9) }, admit)).toBe(true);
    });

    test('begun again by whoever did not hear the answer, it is theirs, until something has happened', async () => {
      await open().beginExperiment(record);
      expect(await open().beginExperiment(record)).toBe(true);
      expect(await open().beginExperiment({ ...record, startedAt: '2026-11-23T09:00:00.001Z' })).toBe(false);
      await open().renewLease(id, lease);
      expect(await open().beginExperiment(record)).toBe(false);
    });

    test('its lease is renewed while it holds, and again after an answer was lost', async () => {
      await open().beginExperiment(record);
      for (const now of [lease.now, lease.now, leaseUntil]) await open().renewLease(id, { ...lease, now });
      await open().renewLease(id, { now: lease.until, until: lease.until + 1, isWaiting: true });
      expect(await found()).toStrictEqual({ ...record, leaseUntil: lease.until + 1, isWaiting: true });
    });

    test('what wakes it from a wait is kept with its lease', async () => {
      await open().beginExperiment(record);
      await open().renewLease(id, { ...lease, isWaiting: true, wakeUp: 'callback-1' });
      await open().renewLease(id, lease);
      expect(await found()).toMatchObject({ wakeUp: 'callback-1', isWaiting: false });
      await open().renewLease(id, { ...lease, isWaiting: true, wakeUp: 'callback-2' });
      expect(await found()).toMatchObject({ wakeUp: 'callback-2', isWaiting: true });
    });

    test('where it is is kept with its lease, until it tells anew', async () => {
      await open().beginExperiment(record);
      await open().renewLease(id, { ...lease, progress });
      await open().renewLease(id, lease);
      expect((await found())?.progress).toStrictEqual(progress);
      await open().renewLease(id, { ...lease, progress: { ...progress, stage: 2 } });
      expect((await found())?.progress?.stage).toBe(2);
    });

    test('of many probes it keeps what fits, however strong the evidence is', async () => {
      await open().beginExperiment(record);
      const odds = [Number.POSITIVE_INFINITY, 1e300, 1.23456, 1e-300, 0];
      const probes = Array.from({ length: 40 }, (_, index) => ({
        ...{ probe: `probe-${index}`, bad: index, measured: 100_000, bound: 100 },
        odds: odds[index % odds.length] ?? 0,
      }));
      await open().renewLease(id, { ...lease, progress: { ...progress, probes } });
      const kept = (await found())?.progress;
      expect(JSON.stringify(kept).length).toBeLessThan(1_200);
      expect(kept?.probes.map(({ odds }) => odds).slice(0, 5)).toStrictEqual([1e12, 1e12, 1.23, 1e-6, 1e-6]);
      expect((kept?.probes.length ?? 0) + (kept?.more ?? 0)).toBe(40);
    });

    test('a lease that has lapsed is not renewed, nor one that nobody has', async () => {
      await open().beginExperiment(record);
      await expect(open().renewLease(id, { ...lease, now: leaseUntil + 1 })).rejects.toThrow(ExperimentOver);
      await expect(open().renewLease(idOf(7), lease)).rejects.toThrow(ExperimentOver);
      expect(await found()).toStrictEqual(record);
    });

    test('the first stop stands, and leaves the lease alone', async () => {
      expect(await open().stopExperiment(id, stop)).toBe(false);
      await open().beginExperiment(record);
      expect(await open().stopExperiment(id, stop)).toBe(true);
      expect(await open().stopExperiment(id, stop)).toBe(true);
      expect(await open().stopExperiment(id, { ...stop, by: 'dave' })).toBe(true);
      await open().renewLease(id, lease);
      expect(await found()).toStrictEqual({ ...record, stop, leaseUntil: lease.until });
      expect(await running()).toStrictEqual([id]);
    });

    test('the first end stands: it is not running, nor renewed, nor stopped any more', async () => {
      await open().endExperiment(id, ended);
      expect(await found()).toBeUndefined();
      await open().beginExperiment(record);
      await open().endExperiment(id, ended);
      await open().endExperiment(id, { ...ended, verdict: 'failed' });
      await expect(open().renewLease(id, lease)).rejects.toThrow(ExperimentOver);
      expect(await open().stopExperiment(id, stop)).toBe(false);
      expect(await found()).toStrictEqual({ ...record, ended });
      expect(await running()).toStrictEqual([]);
      expect(await open().beginExperiment(record)).toBe(false);
    });

    test('whoever stopped it and did not hear the answer is told so after its end', async () => {
      await open().beginExperiment(record);
      await open().stopExperiment(id, stop);
      await open().endExperiment(id, { ...ended, recoveredAfterMs: 12_000 });
      expect(await open().stopExperiment(id, stop)).toBe(true);
      expect(await open().stopExperiment(id, { ...stop, by: 'dave' })).toBe(false);
      expect((await found())?.ended?.recoveredAfterMs).toBe(12_000);
    });

    test('of ends at once one stands', async () => {
      await open().beginExperiment(record);
      const whys = Array.from({ length: 5 }, (_, index) => `why ${index}`);
      await Promise.all(whys.map((why) => open().endExperiment(id, { ...ended, why })));
      expect(whys).toContain((await found())?.ended?.why);
      expect(await running()).toStrictEqual([]);
    });

    test('notes are kept in their order, each once, also of people who write at once', async () => {
      expect(await open().addExperimentNote(id, note)).toBe('unknown');
      await open().beginExperiment(record);
      await open().endExperiment(id, ended);
      expect(await open().addExperimentNote(id, note)).toBe('noted');
      expect(await open().addExperimentNote(id, note)).toBe('noted');
      const others = ['dave', 'erin', 'frank'].map((by) => ({ ...note, by }));
      await Promise.all(others.map((one) => open().addExperimentNote(id, one)));
      const { notes = [] } = (await found()) ?? {};
      expect(notes[0]).toStrictEqual(note);
      expect(
        notes
          .slice(1)
          .map(({ by }) => by)
          .sort(),
      ).toStrictEqual(['dave', 'erin', 'frank']);
    });

    test('is kept with long texts truncated, and with so many notes', async () => {
      const long = 'wörd 🙂 '.repeat(1_000);
      const [who, notes] = [{ by: long, at: stop.at }, mostNotes];
      await open().beginExperiment({ ...record, title: long, owner: long, startedBy: long, trigger: long });
      await open().stopExperiment(id, { ...who, reason: long });
      expect(JSON.stringify(await found()).length).toBeLessThan(4_000);
      await open().endExperiment(id, { ...ended, why: long });
      for (let index = 0; index < notes; index += 1) {
        const text = `${index} ${long}`;
        expect(await open().addExperimentNote(id, { ...who, text })).toBe('noted');
      }
      expect(await open().addExperimentNote(id, { ...who, text: long })).toBe('full');
      expect(await open().addExperimentNote(id, { ...who, text: `0 ${long}` })).toBe('noted');
      expect((await found())?.notes).toHaveLength(notes);
      expect(Buffer.byteLength(JSON.stringify(await found()))).toBeLessThan(350_000);
    });

    test('are listed from the newest, and those that run besides', async () => {
      for (const index of [2, 0, 1]) await open().beginExperiment({ ...record, id: idOf(index) });
      await open().endExperiment(idOf(1), ended);
      const { found: recent, unreadable } = await open().recentExperiments(2);
      expect(recent.map((one) => one.id)).toStrictEqual([idOf(2), idOf(1)]);
      expect(unreadable).toStrictEqual([]);
      expect((await running()).sort()).toStrictEqual([idOf(0), idOf(2)]);
    });
  });
}
