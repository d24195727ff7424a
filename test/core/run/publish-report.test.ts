import { describe, expect, test } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { recordAndAnnounce } from '#core/run/publish-report.ts';
import { aFailure, aReport } from '../../support/a-report.ts';
import { aWorld } from '../../support/a-world.ts';

const report = aReport({ failures: [aFailure()] });
const failing = (message: string) => async () => Promise.reject(new Error(message));

/** A recorder that counts how often it is closed. */
function aRecorder(close = async () => {}) {
  const recorder = {
    closed: 0,
    close: async () => {
      recorder.closed += 1;
      await close();
    },
  };
  return recorder;
}

describe('recordAndAnnounce', () => {
  test('records, announces and completes the recording; the report is what it was', async () => {
    const world = aWorld();
    const recorder = aRecorder();
    expect(await recordAndAnnounce(report, recorder, world)).toEqual(report);
    expect((await world.ledger.recentRuns(1)).found).toEqual([report]);
    expect(world.announced).toEqual([report]);
    expect(recorder.closed).toBe(1);
  });

  test('what fails is added to the report, and keeps nothing else from being done', async () => {
    const world = aWorld();
    const ended: RunReport[] = [];
    const complete = await recordAndAnnounce(report, aRecorder(failing('throttled')), {
      ledger: { ...world.ledger, recordRun: failing('full') },
      announcer: { ...world.announcer, announce: failing('no topic') },
      journal: { ...world.journal, ended: (one) => ended.push(one) },
    });
    expect(complete.failures).toEqual([
      aFailure(),
      { stage: 'record', code: 'Error', message: 'full' },
      { stage: 'announce', code: 'Error', message: 'no topic' },
      { stage: 'record', code: 'Error', message: 'throttled' },
    ]);
    expect(complete.counts.failures).toBe(4);
    // The log has it all: what could not be recorded is nowhere else.
    expect(world.failed).toEqual(complete.failures);
    expect(ended).toEqual([complete]);
  });

  test('each of the three goes on where another fails', async () => {
    const world = aWorld();
    const recorder = aRecorder();
    await recordAndAnnounce(report, recorder, {
      ...world,
      ledger: { ...world.ledger, recordRun: failing('full') },
    });
    expect(world.announced).toEqual([report]);
    expect(recorder.closed).toBe(1);
  });
});
