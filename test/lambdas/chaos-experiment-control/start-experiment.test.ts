import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { experimentStarter } from '#lambdas/chaos-experiment-control/start-experiment.ts';
import { known } from '../../core/experiment/file/known.ts';
import { instantClock } from '../../support/instant-clock.ts';

const file = readFileSync(new URL('../../../experiments/latency.yaml', import.meta.url), 'utf8');
const id = '20261123T090000Z-3f9a1c2b';
const ended = { verdict: 'deviated' as const, why: 'slow', at: '2026-11-23T09:05:00.000Z' };

function aStarter() {
  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  const started: ExperimentRun[] = [];
  let ids = 0;
  const start = experimentStarter({
    ...{ clock: instantClock(), known, timeZone: 'Europe/Berlin', ledger },
    newId: () => {
      ids += 1;
      return `${ids}`.padStart(8, '0');
    },
    start: async (run) => {
      started.push(run);
    },
  });
  return { ledger, started, start };
}

describe('the function that starts experiments', () => {
  test('puts a run on record, and starts it with all that it takes', async () => {
    const { ledger, started, start } = aStarter();
    const answer = await start({ file, startedBy: 'alice', trigger: 'cli' });
    expect(answer).toMatchObject({ id: '20261123T090000Z-00000001', isNew: true });
    const [run] = started;
    expect(run).toMatchObject({ id: answer.id, startedBy: 'alice', timeZone: 'Europe/Berlin' });
    // What arrives in the other function.
    expect(ExperimentRun.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
    expect(await ledger.experiment(answer.id)).toMatchObject({
      ...{ title: run?.experiment.title, fileHash: run?.fileHash, trigger: 'cli', isWaiting: false },
      leaseUntil: Date.parse('2026-11-23T09:05:00Z'),
    });
  });

  test('started twice, it is one run: the same name, and the same input', async () => {
    const { ledger, started, start } = aStarter();
    const [alice, bob] = ['alice', 'bob'].map((startedBy) => start({ file, id, startedBy }));
    const answers = await Promise.all([alice, bob]);
    expect(answers.map((one) => one?.isNew).sort()).toEqual([false, true]);
    expect(started).toHaveLength(2);
    expect(started[0]).toEqual(started[1]);
    expect((await ledger.recentExperiments(10)).found).toHaveLength(1);
  });

  test('what is over is not started again', async () => {
    const { ledger, started, start } = aStarter();
    await start({ file, id });
    await ledger.endExperiment(id, ended);
    expect(await start({ file, id })).toMatchObject({ isNew: false });
    expect(started).toHaveLength(1);
  });

  test('an id is of one file', async () => {
    const { started, start } = aStarter();
    await start({ file, id });
    await expect(start({ file: `${file}\n# another\n`, id })).rejects.toThrow(/expected an id of its own/);
    expect(started).toHaveLength(1);
  });

  test('does nothing for a file or a request that is not valid', async () => {
    const { ledger, started, start } = aStarter();
    await expect(start({ file: 'version: chaos/v1' })).rejects.toThrow('title');
    await expect(start({ file, id: '../other' })).rejects.toThrow('expected the id of a run');
    await expect(start({ file, dryRun: true })).rejects.toThrow('dryRun');
    expect(started).toEqual([]);
    expect((await ledger.recentExperiments(10)).found).toEqual([]);
  });

  test('scales nothing up that has deviated, before somebody has written down what was learned', async () => {
    const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
    const { ledger, start } = aStarter();
    await start({ file: ramp, id });
    await ledger.endExperiment(id, ended);
    await expect(start({ file: ramp })).rejects.toThrow(`./chaos experiment note ${id}`);
    expect(await start({ file: ramp, rehearsal: true })).toMatchObject({ isNew: true });
    await ledger.addExperimentNote(id, { at: ended.at, by: 'bob', text: 'a cache was missing' });
    expect(await start({ file: ramp })).toMatchObject({ isNew: true });
  });
});
