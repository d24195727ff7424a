import { describe, expect, test } from 'vitest';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { performExperiment } from '#lambdas/chaos-experiment/experiment.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { fakePorts, startsAt } from '../../core/experiment/engine/an-experiment.ts';
import { known } from '../../core/experiment/file/known.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';
import { file } from '../chaos-experiment-control/a-control.ts';

const { fileHash } = readExperiment(file, 'file', known);
const ended = { verdict: 'survived' as const, why: 'all held', at: '2026-11-23T09:05:00.000Z' };

/** The function over what is on record, in a world of fakes. */
function aFunction() {
  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  const clock = new VirtualClock({ startsAt, jumps: true });
  const { ports, events } = fakePorts({}, clock);
  const opened: ExperimentRun[] = [];
  const invoke = (order: { readonly id: string; readonly file: string }) =>
    performExperiment(
      order,
      { openHost: () => plainHost(clock, async () => false), over: new AbortController().signal },
      {
        ...{ clock, ledger, timeZone: 'Europe/Berlin', reports: { put: async () => '' } },
        read: (text) => readExperiment(text, 'file', known),
        open: (run) => {
          opened.push(run);
          return ports;
        },
      },
    );
  return { ledger, events, opened, invoke };
}

describe('chaos_experiment', () => {
  test('runs what is on record, as the record says', async () => {
    const { ledger, opened, events, invoke } = aFunction();
    await ledger.beginExperiment(anExperimentRecord({ fileHash, rehearsal: true, startedBy: 'alice' }));
    await invoke({ id, file });
    const { experiment } = readExperiment(file, 'file', known);
    expect(opened).toEqual([
      {
        ...{ id, experiment, fileHash, timeZone: 'Europe/Berlin' },
        ...{ rehearsal: true, trigger: 'cli', startedBy: 'alice' },
      },
    ]);
    expect(events.filter((one) => one.startsWith('strike'))).toEqual([]);
    expect((await ledger.experiment(id))?.ended).toBeDefined();
  });

  test.each([
    ['is not on record', undefined, file],
    ['is on record with another file', anExperimentRecord({ fileHash }), `${file}\n# another\n`],
    ['is over', anExperimentRecord({ fileHash, ended }), file],
  ])('runs nothing that %s, whoever invokes it', async (_, record, text) => {
    const { ledger, opened, events, invoke } = aFunction();
    if (record !== undefined) await ledger.beginExperiment(record);
    await expect(invoke({ id, file: text })).rejects.toMatchObject({ name: 'NotOrdered' });
    expect([opened, events]).toEqual([[], []]);
    expect(await ledger.experiment(id)).toEqual(record);
  });

  test('runs no file that is not valid', async () => {
    const { ledger, opened, invoke } = aFunction();
    await ledger.beginExperiment(anExperimentRecord({ fileHash }));
    await expect(invoke({ id, file: 'version: chaos/v1' })).rejects.toThrow('title');
    expect(opened).toEqual([]);
  });
});
