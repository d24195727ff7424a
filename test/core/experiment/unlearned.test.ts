import { expect, test } from 'vitest';
import { hasDeviated, unlearnedRun } from '#core/experiment/unlearned.ts';

const title = 'What if?';
const run = (id: string, is: 'survived' | 'deviated', more: object = {}) => ({
  ...{ id, title, rehearsal: false, notes: [], hasDeviated: is === 'deviated' },
  ...more,
});
const note = { at: '2026-11-23T09:00:00Z', by: 'alice', text: 'a timeout was missing' };

test.each([
  [
    'the last run deviated, and nobody has written anything',
    [run('2', 'deviated'), run('1', 'survived')],
    '2',
  ],
  ['another run has survived since', [run('2', 'survived'), run('1', 'deviated')], '1'],
  [
    'the last that deviated taught somebody',
    [run('2', 'deviated', { notes: [note] }), run('1', 'deviated')],
    undefined,
  ],
  ['all survived', [run('2', 'survived'), run('1', 'survived')], undefined],
  ['somebody has written down what was learned', [run('2', 'deviated', { notes: [note] })], undefined],
  ['the last was a rehearsal', [run('3', 'deviated', { rehearsal: true }), run('2', 'deviated')], '2'],
  ['it was another experiment', [run('2', 'deviated', { title: 'What else?' })], undefined],
  ['there was none', [], undefined],
])('a ramp waits as far as %s', (_, past, expected) => {
  expect(unlearnedRun({ title, stages: [{}, {}] }, past)).toBe(expected);
});

test('what does not scale up need not wait', () => {
  expect(unlearnedRun({ title, stages: [{}] }, [run('2', 'deviated')])).toBeUndefined();
});

test('what deviated has, also where it could not be undone', () => {
  expect(hasDeviated({ is: 'deviated' })).toBe(true);
  expect(hasDeviated({ is: 'undo-failed', deviated: 'probe page: all were bad' })).toBe(true);
  expect(hasDeviated({ is: 'undo-failed' })).toBe(false);
});
