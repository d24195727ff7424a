import { expect, test } from 'vitest';
import { nextStep, type UndoOrder } from '#core/undo/plan-undo.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';

test('an order for a run undoes what that has in place before it is due, and nothing else of what is not', () => {
  const entry = anUndoEntry({ state: 'active' });
  const step = (asked: UndoOrder) =>
    nextStep(entry, { asked, isStopped: false, orphans: new Set() }, Date.parse(entry.reservedAt));
  expect(step({ run: entry.runId })).toBe('undo');
  expect(step({ run: 'another' })).toBeUndefined();
  expect(step({})).toBeUndefined();
});
