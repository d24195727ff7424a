import { describe, expect, test } from 'vitest';
import type { Answer } from '#layer/failure-reader.ts';
import { shareAnswers } from '#layer/share-answers.ts';

describe('an answer', () => {
  test('is told to all threads but the one that has it', async () => {
    const other = Promise.withResolvers<Answer>();
    const own: Answer[] = [];
    const tell = shareAnswers((answer) => own.push(answer));
    shareAnswers(other.resolve);
    tell({ value: undefined, sentAt: Number.NaN });
    expect(await other.promise).toEqual({ value: undefined, sentAt: Number.NaN });
    expect(own).toEqual([]);
  });
});
