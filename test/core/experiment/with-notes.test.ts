import { describe, expect, test } from 'vitest';
import { withNotes } from '#core/experiment/with-notes.ts';
import { noteCommand, saysSomething } from '#core/experiment/wording/note-command.ts';
import { anExperimentReport } from '../../support/an-experiment-report.ts';

const { id } = anExperimentReport();
const next = ['Fix it.', `Write down what was learned: ${noteCommand(id)}.`];
const note = { at: '2026-11-23T10:00:00.000Z', by: 'alice', text: 'it has no timeout' };

describe('withNotes', () => {
  test('adds each note once', () => {
    const once = withNotes(anExperimentReport(), [note]);
    expect(withNotes(once, [note, { ...note, by: 'bob' }]).notes).toEqual([note, { ...note, by: 'bob' }]);
  });

  test('asks for a note until there is one, whenever it was written', () => {
    expect(withNotes(anExperimentReport({ next }), []).next).toEqual(next);
    expect(withNotes(anExperimentReport({ next }), [note]).next).toEqual(['Fix it.']);
    expect(withNotes(anExperimentReport({ next, notes: [note] }), []).next).toEqual(['Fix it.']);
  });
});

describe('saysSomething', () => {
  test('refuses what the command shows in place of a note', () => {
    const [, shown = ''] = /"(.*)"/.exec(noteCommand(id)) ?? [];
    expect([shown, ` ${shown.toUpperCase()}`, '...', '-', ' '].map(saysSomething)).toEqual(
      Array(5).fill(false),
    );
  });

  test.each(['ok', '42', 'Zeitüberschreitung', '超时'])('takes %j', (text) => {
    expect(saysSomething(text)).toBe(true);
  });
});
