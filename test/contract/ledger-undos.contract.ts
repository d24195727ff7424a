import { describe, expect, test } from 'vitest';
import { type UndoChanges, UndoConflict, type UndoEntry, undoIdOf } from '#core/model/undo-entry.ts';
import { aClaim } from '../support/a-claim.ts';
import { anUndoEntry } from '../support/an-undo-entry.ts';
import type { Open } from './open-ledger.ts';

const entry = anUndoEntry();
const claim = aClaim({ undo: entry.id });
const at = '2026-11-23T09:05:03.000Z';

/** Another strike whose fault would be done to the same thing. */
const rival = aClaim({ group: '222222222222/eu-west-1/lambda/checkout' });
const rivalEntry = anUndoEntry({ group: rival.group, id: undoIdOf(rival) });

export function undoFacts(open: Open): void {
  const openUndos = async () => (await open().openUndos()).found;
  const strike = async () => (await open().recentStrikes(claim.group, 1)).found[0];

  describe('undo entries', () => {
    test('one is kept with its claim, as it was given', async () => {
      expect(await open().claim(claim, entry)).toStrictEqual({ status: 'claimed' });
      expect(await openUndos()).toStrictEqual([entry]);
      expect(await strike()).toMatchObject({ undo: entry.id, state: 'planned' });
      expect(await strike()).not.toHaveProperty('undoneAt');
    });

    test('none is kept without its claim', async () => {
      await open().setVeto(claim.group, { reason: 'r', by: 'b', at, until: at });
      expect(await open().claim(claim, entry)).toStrictEqual({ status: 'changed' });
      expect(await openUndos()).toStrictEqual([]);
      const free = aClaim({ ...rival, undo: rivalEntry.id });
      expect(await open().claim(free, rivalEntry)).toStrictEqual({ status: 'claimed' });
    });

    test('a lock is held by one: the second is told by whom, and leaves nothing behind', async () => {
      await open().claim(claim, entry);
      const [arn = ''] = entry.locks;
      expect(await open().claim({ ...rival, undo: rivalEntry.id }, rivalEntry)).toStrictEqual({
        status: 'locked',
        lock: { arn, strike: entry.id, group: entry.group, runId: entry.runId },
      });
      expect(await openUndos()).toStrictEqual([entry]);
      expect((await open().recentStrikes(rival.group, 1)).found).toStrictEqual([]);
    });

    test('of 20 claims of one lock at once exactly one wins', async () => {
      const claims = Array.from({ length: 20 }, (_, index) => {
        const one = aClaim({ group: `222222222222/eu-west-1/lambda/f${index}` });
        return { one, undo: anUndoEntry({ group: one.group, id: undoIdOf(one) }) };
      });
      const outcomes = await Promise.all(claims.map(({ one, undo }) => open().claim(one, undo)));
      expect(outcomes.filter(({ status }) => status === 'claimed')).toHaveLength(1);
      expect(outcomes.filter(({ status }) => status === 'locked')).toHaveLength(19);
      expect(await openUndos()).toHaveLength(1);
    });

    test('it changes for whoever has seen it last', async () => {
      await open().claim(claim, entry);
      const changes: UndoChanges = {
        state: 'injecting',
        saved: { limit: 5 },
        deadline: '2026-11-23T09:05:02.000Z',
        selfExpiry: { by: 'schedule', at: '2026-11-23T09:15:02.000Z', schedules: 2 },
      };
      const changed: UndoEntry = { ...entry, ...changes, revision: 1 };
      expect(await open().changeUndo(entry, changes)).toStrictEqual(changed);
      expect(await openUndos()).toStrictEqual([changed]);
      await expect(open().changeUndo(entry, { state: 'active' })).rejects.toThrow(UndoConflict);
      await expect(open().contestUndo(entry, { problem: 'why', byHand: [] }, at)).rejects.toThrow(
        UndoConflict,
      );
      await expect(open().endUndo(entry, 'undone', at)).rejects.toThrow(UndoConflict);
      expect(await openUndos()).toStrictEqual([changed]);
    });

    test('of changes at once one is made', async () => {
      await open().claim(claim, entry);
      const attempts = Array.from({ length: 10 }, (_, index) =>
        open().changeUndo(entry, { attempts: index + 1 }),
      );
      const results = await Promise.allSettled(attempts);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await openUndos())[0]).toMatchObject({ revision: 1 });
    });

    test('closed, it releases its locks, and its strike is told when its fault ended', async () => {
      await open().claim(claim, entry);
      await open().endUndo(entry, 'undone', at);
      expect(await openUndos()).toStrictEqual([]);
      expect((await open().endedUndos(5)).found).toStrictEqual([{ entry, end: 'undone', endedAt: at }]);
      expect(await strike()).toMatchObject({ undoneAt: at });
      await expect(open().endUndo(entry, 'undone', at)).rejects.toThrow(UndoConflict);
      await expect(open().changeUndo(entry, { state: 'active' })).rejects.toThrow(UndoConflict);
      const next = { ...rival, undo: rivalEntry.id };
      expect(await open().claim(next, rivalEntry)).toStrictEqual({ status: 'claimed' });
    });

    test('closed, it tells its strike what came of it, where that is known', async () => {
      await open().claim(claim, entry);
      await open().endUndo(entry, 'undone', at, 'it did not bite');
      expect(await strike()).toMatchObject({ undoneAt: at, detail: 'it did not bite' });
    });

    test('contested, its strike counts as ended, and nobody else gets its locks', async () => {
      await open().claim(claim, entry);
      const changes = { problem: 'somebody set it to 7', byHand: ['set it to 50'] };
      const contested = await open().contestUndo(entry, changes, at);
      expect(contested).toStrictEqual({
        ...entry,
        ...changes,
        state: 'contested',
        revision: 1,
      });
      expect(await openUndos()).toStrictEqual([contested]);
      expect(await strike()).toMatchObject({ undoneAt: at });
      expect(await open().claim(rival, rivalEntry)).toMatchObject({ status: 'locked' });
      await open().endUndo(contested, 'accepted', '2026-11-23T11:00:00.000Z');
      expect(await openUndos()).toStrictEqual([]);
    });

    test('it is closed even where its strike is not on record any more', async () => {
      await open().claim(claim, entry);
      await open().setStop({ reason: 'r', by: 'b', at });
      // A strike that meets a stop is withdrawn.
      expect(await open().begin(claim)).toBe('stopped');
      expect(await strike()).toBeUndefined();
      await open().endUndo(entry, 'withdrawn', at);
      expect(await openUndos()).toStrictEqual([]);
    });

    test('those that were closed are listed from the last', async () => {
      const groups = ['a', 'b', 'c'].map((name) => `222222222222/eu-west-1/lambda/${name}`);
      for (const [index, group] of groups.entries()) {
        const undo = anUndoEntry({ group, id: undoIdOf(aClaim({ group })) });
        await open().claim(aClaim({ group, undo: undo.id }), undo);
        await open().endUndo(undo, 'undone', `2026-11-23T09:0${index}:00.000Z`);
      }
      const { found } = await open().endedUndos(2);
      expect(found.map(({ entry: { group } }) => group)).toStrictEqual([groups[2], groups[1]]);
    });
  });
}
