import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { InvalidInput } from '#core/util/parse.ts';
import { aRecordedGroup, aRecording, keepRecording } from '../support/a-recording.ts';
import { aDecision } from '../support/a-report.ts';
import type { Open } from './open-ledger.ts';

/** Groups of which each takes about a kilobyte compressed: hardly any of it can be. */
function someGroups(count: number, name: string) {
  return Array.from({ length: count }, (_, index) => {
    const texts = Array.from({ length: 24 }, (_, at) =>
      createHash('sha256').update(`${name} ${index} ${at}`).digest('base64'),
    );
    return aRecordedGroup({
      decision: aDecision({ group: `${name}-${index}`, reason: { code: 'not-drawn', text: texts.join('') } }),
    });
  });
}

export function recordingFacts(open: Open): void {
  describe('recordings', () => {
    const { groups, ...head } = aRecording();
    const { runId } = head;

    test('a recording comes back', async () => {
      await keepRecording(open(), aRecording());
      expect(await open().recording(runId)).toEqual(aRecording());
    });

    test('there is none for a run that kept none', async () => {
      await keepRecording(open(), aRecording({ runId: 'run-1' }));
      expect(await open().recording('run-2')).toBeUndefined();
      expect(await open().recording('run-')).toBeUndefined();
    });

    test('one without groups comes back', async () => {
      await keepRecording(open(), { ...head, groups: [] });
      expect(await open().recording(runId)).toEqual({ ...head, groups: [] });
    });

    test('groups come back in the order in which they were added, in batches of any size', async () => {
      const many = someGroups(1_300, 'web');
      const writer = open().openRecording(head);
      writer.add([]);
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 900],
        [900, 933],
        [933, 1_300],
      ]) {
        writer.add(many.slice(from, to));
      }
      await writer.close();
      expect(await open().recording(runId)).toEqual({ ...head, groups: many });
    });

    test('a head of more than a megabyte comes back complete', async () => {
      const request = someGroups(1_300, 'asked');
      await keepRecording(open(), { ...head, request, groups });
      expect(await open().recording(runId)).toEqual({ ...head, request, groups });
    });

    test('one without its end is refused as incomplete', async () => {
      const writer = open().openRecording(head);
      writer.add(someGroups(1_300, 'web'));
      // Written meanwhile: some of it is there sooner or later.
      const refused = await vi.waitFor(
        async () => {
          const found = await open()
            .recording(runId)
            .catch((error: unknown) => error);
          expect(found).toBeInstanceOf(InvalidInput);
          return found;
        },
        { timeout: 10_000, interval: 10 },
      );
      expect(refused).toMatchObject({ what: `recording of run ${runId}`, mistakes: [{ path: 'parts' }] });
      await writer.close();
      expect((await open().recording(runId))?.groups).toHaveLength(1_300);
    });

    test('a short one is missing or incomplete before its end', async () => {
      open().openRecording(head).add(groups);
      const found = await open()
        .recording(runId)
        .catch((error: unknown) => error);
      if (found !== undefined) expect(found).toBeInstanceOf(InvalidInput);
    });

    test('those of two concurrent runs are kept apart', async () => {
      const runs = await Promise.all(
        ['run-1', 'run-2'].map(async (one) => {
          const recorded = someGroups(800, one);
          const writer = open().openRecording({ ...head, runId: one });
          for (let start = 0; start < recorded.length; start += 100) {
            writer.add(recorded.slice(start, start + 100));
            await setImmediate();
          }
          await writer.close();
          return [one, recorded] as const;
        }),
      );
      for (const [one, recorded] of runs) {
        expect(await open().recording(one)).toEqual({ ...head, runId: one, groups: recorded });
      }
    });
  });
}
