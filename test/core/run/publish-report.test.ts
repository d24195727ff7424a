import { describe, expect, test } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { recordAndAnnounce } from '#core/run/publish-report.ts';
import { aRecording } from '../../support/a-recording.ts';
import { aFailure, aReport } from '../../support/a-report.ts';
import { aWorld } from '../../support/a-world.ts';

const report = aReport({ failures: [aFailure()] });
const failing = (message: string) => async () => Promise.reject(new Error(message));

describe('recordAndAnnounce', () => {
  test('records, announces and keeps the recording; the report is what it was', async () => {
    const world = aWorld();
    const recording = aRecording({ runId: report.runId });
    expect(await recordAndAnnounce(report, recording, world)).toEqual(report);
    expect((await world.ledger.recentRuns(1)).found).toEqual([report]);
    expect(world.announced).toEqual([report]);
    expect(await world.ledger.recording(report.runId)).toEqual(recording);
  });

  test('what fails is added to the report, and keeps nothing else from being done', async () => {
    const world = aWorld();
    const ended: RunReport[] = [];
    const complete = await recordAndAnnounce(report, aRecording(), {
      ledger: { ...world.ledger, recordRun: failing('full'), keepRecording: failing('too large') },
      announcer: { ...world.announcer, announce: failing('no topic') },
      journal: { ...world.journal, ended: (one) => ended.push(one) },
    });
    expect(complete.failures).toEqual([
      aFailure(),
      { stage: 'record', code: 'Error', message: 'full' },
      { stage: 'announce', code: 'Error', message: 'no topic' },
      { stage: 'record', code: 'Error', message: 'too large' },
    ]);
    expect(complete.counts.failures).toBe(4);
    // The log has it all: what could not be recorded is nowhere else.
    expect(world.failed).toEqual(complete.failures);
    expect(ended).toEqual([complete]);
  });

  test('each of the three goes on where another fails', async () => {
    const world = aWorld();
    const recording = aRecording({ runId: report.runId });
    await recordAndAnnounce(report, recording, {
      ...world,
      ledger: { ...world.ledger, recordRun: failing('full') },
    });
    expect(world.announced).toEqual([report]);
    expect(await world.ledger.recording(report.runId)).toEqual(recording);
  });
});
