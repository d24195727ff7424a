import { describe, expect, test } from 'vitest';
import { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { aControl, file } from './a-control.ts';

const id = '20261123T090000Z-3f9a1c2b';
const ended = { verdict: 'deviated' as const, why: 'slow', at: '2026-11-23T09:05:00.000Z' };

describe('an invocation of chaos_experiment_control', () => {
  test('puts a run on record, and starts it with all that it takes', async () => {
    const { ledger, started, start } = aControl();
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
    const { ledger, started, start } = aControl();
    const [alice, bob] = ['alice', 'bob'].map((startedBy) => start({ file, id, startedBy }));
    const answers = await Promise.all([alice, bob]);
    expect(answers.map((one) => one?.isNew).sort()).toEqual([false, true]);
    expect(started).toHaveLength(2);
    expect(started[0]).toEqual(started[1]);
    expect((await ledger.recentExperiments(10)).found).toHaveLength(1);
  });

  test('what is over is not started again', async () => {
    const { ledger, started, start } = aControl();
    await start({ file, id });
    await ledger.endExperiment(id, ended);
    expect(await start({ file, id })).toMatchObject({ isNew: false });
    expect(started).toHaveLength(1);
  });

  test('an id is of one file', async () => {
    const { started, start } = aControl();
    await start({ file, id });
    await expect(start({ file: `${file}\n# another\n`, id })).rejects.toThrow(/expected an id of its own/);
    expect(started).toHaveLength(1);
  });

  test('does nothing for a file or a request that is not valid', async () => {
    const { ledger, started, start } = aControl();
    await expect(start({ file: 'version: chaos/v1' })).rejects.toThrow('title');
    await expect(start({ file, id: '../other' })).rejects.toThrow('expected the id of a run');
    await expect(start({ file, dryRun: true })).rejects.toThrow('dryRun');
    await expect(start({ file, trigger: 'api' })).rejects.toThrow('expected invoke, cli or schedule');
    await expect(start({ file: 'x'.repeat(100_001) })).rejects.toThrow('up to 100000 characters');
    await expect(start({ file, startedBy: 'x'.repeat(201) })).rejects.toThrow('up to 200 characters');
    for (const event of [null, [], 'file', 7]) await expect(start(event)).rejects.toThrow('not valid');
    expect(started).toEqual([]);
    expect((await ledger.recentExperiments(10)).found).toEqual([]);
  });

  test('scales nothing up that has deviated, before somebody has written down what was learned', async () => {
    const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
    const { ledger, start } = aControl();
    await start({ file: ramp, id });
    await ledger.endExperiment(id, ended);
    await expect(start({ file: ramp })).rejects.toThrow(`./chaos experiment note ${id}`);
    expect(await start({ file: ramp, rehearsal: true })).toMatchObject({ isNew: true });
    await ledger.addExperimentNote(id, { at: ended.at, by: 'bob', text: 'a cache was missing' });
    expect(await start({ file: ramp })).toMatchObject({ isNew: true });
  });

  test('whatever fails, it is thrown, and starting it again with its id is the same run', async () => {
    for (const [name, isOnRecord] of [
      ['experiment', false],
      ['recentExperiments', false],
      ['beginExperiment', false],
      ['start', true],
    ] as const) {
      const healthy = aControl();
      const fail = async () => {
        throw new Error('throttled');
      };
      const failing = aControl(
        name === 'start'
          ? { ledger: healthy.ledger, start: fail }
          : { ledger: { ...healthy.ledger, [name]: fail } },
      );
      // It is asked whether something was learned only where there is something to scale up.
      const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
      await expect(failing.start({ file: ramp, id })).rejects.toThrow('throttled');
      expect((await healthy.ledger.experiment(id)) !== undefined).toBe(isOnRecord);
      expect(await healthy.start({ file: ramp, id })).toMatchObject({ id, isNew: !isOnRecord });
      expect([failing.started.length, healthy.started.length]).toEqual([0, 1]);
    }
  });
});

describe('a schedule', () => {
  const scheduled = {
    ...{ file, trigger: 'schedule', startedBy: 'schedule chaos-experiment-latency' },
    slot: '2026-11-23T08:59:58Z',
  };

  test('delivered twice, and late, is one run, named after its moment', async () => {
    const { start, started, ledger } = aControl();
    const answers = await Promise.all([start(scheduled), start(scheduled)]);
    const again = await start({ ...scheduled, slot: '2026-11-23T09:59:58+01:00' });
    expect(new Set([...answers, again].map((one) => one.id)).size).toBe(1);
    expect(answers[0]?.id).toMatch(/^20261123T085958Z-[0-9a-f]{8}$/);
    expect(again.isNew).toBe(false);
    expect(started[0]).toMatchObject({ trigger: 'schedule', startedBy: 'schedule chaos-experiment-latency' });
    expect(new Set(started.map((run) => JSON.stringify(run))).size).toBe(1);
    expect((await ledger.recentExperiments(10)).found).toHaveLength(1);
  });

  test('has a run for each moment, and for each file', async () => {
    const { start } = aControl();
    const runs = [
      await start(scheduled),
      await start({ ...scheduled, slot: '2026-11-24T08:59:58Z' }),
      await start({ ...scheduled, file: `${file}\n# another\n` }),
    ];
    expect(runs.every(({ isNew }) => isNew)).toBe(true);
    expect(new Set(runs.map((one) => one.id)).size).toBe(3);
  });

  test.each(['<aws.scheduler.scheduled-time>', '', 'tomorrow', '2026-11-23', 7, '+099999-01-01T00:00:00Z'])(
    'has no moment %s',
    async (slot) => {
      const { start, started } = aControl();
      await expect(start({ ...scheduled, slot })).rejects.toThrow('expected a moment');
      await expect(start({ ...scheduled, id })).rejects.toThrow('expected no id beside a slot');
      expect(started).toEqual([]);
    },
  );
});
