import { describe, expect, test } from 'vitest';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { known } from '../../core/experiment/file/known.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { aControl, apiEvent, file, functionArn } from './a-control.ts';

const id = '20261123T090000Z-3f9a1c2b';
const ended = { verdict: 'deviated' as const, why: 'slow', at: '2026-11-23T09:05:00.000Z' };

describe('an invocation of chaos_experiment_control', () => {
  test('puts a run on record, and starts it with all that it takes', async () => {
    const { ledger, started, start } = aControl();
    const answer = await start({ file, startedBy: 'alice', trigger: 'cli' });
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^20261123T090000Z-[0-9a-f]{8}$/),
      isNew: true,
    });
    // All else is on record.
    expect(started).toEqual([{ id: answer.id, file }]);
    const { experiment, fileHash } = readExperiment(file, 'file', known);
    expect(await ledger.experiment(answer.id)).toMatchObject({
      ...{ title: experiment.title, fileHash, trigger: 'cli', startedBy: 'alice', isWaiting: false },
      leaseUntil: Date.parse('2026-11-23T09:05:00Z'),
    });
  });

  test('puts on record which alarms end it', async () => {
    const { ledger, start } = aControl();
    const arn = 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:checkout';
    const condition = `stopConditions: [{ name: burning, type: cloudwatch-alarm, arn: '${arn}' }]`;
    const watched = await start({ file: `${file}\n${condition}\n`, rehearsal: true });
    expect((await ledger.experiment(watched.id))?.stopConditions).toEqual([{ name: 'burning', arn }]);
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
    const rehearsal = await start({ file: ramp, rehearsal: true });
    expect(rehearsal).toMatchObject({ isNew: true });
    await ledger.endExperiment(rehearsal.id, ended);
    await ledger.addExperimentNote(id, { at: ended.at, by: 'bob', text: 'a cache was missing' });
    expect(await start({ file: ramp })).toMatchObject({ isNew: true });
  });

  test('asks for what was learned of the run that began last, whatever day the ids of others say', async () => {
    const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
    const { ledger, start } = aControl();
    await start({ file: ramp, id: '20261124T085959Z-00000000' });
    await ledger.endExperiment('20261124T085959Z-00000000', { ...ended, verdict: 'survived' });
    const { title } = readExperiment(ramp, 'file', known).experiment;
    await ledger.beginExperiment(anExperimentRecord({ id, title, startedAt: '2026-11-23T09:00:01.000Z' }));
    await ledger.endExperiment(id, ended);
    await expect(start({ file: ramp })).rejects.toThrow(`./chaos experiment note ${id}`);
  });

  test.each([
    '99999999T999999Z-00000000',
    '20261124T090001Z-00000000',
    '20261122T085959Z-00000000',
    '20261131T090000Z-00000000',
    // The same moment as another id, which sorts elsewhere.
    '20261123T240000Z-00000000',
  ])('takes no id of another time: %s', async (far) => {
    const { ledger, started, start, ask } = aControl();
    await expect(start({ file, id: far })).rejects.toThrow('expected a moment within a day of now');
    const { statusCode } = await ask('POST /experiments', { body: { file, id: far } });
    expect(statusCode).toBe(400);
    expect([started, (await ledger.recentExperiments(10)).found]).toEqual([[], []]);
  });

  test('an event that is tried again is one run, also minutes later, and another event is another', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z');
    const { ledger, started, start } = aControl({ clock: { ...instantClock(), now: () => now } });
    const first = await start({ file, rehearsal: true }, 'request');
    now += 120_000;
    expect(await start({ file, rehearsal: true }, 'request')).toMatchObject({ id: first.id, isNew: false });
    expect(started[0]).toEqual(started[1]);
    await ledger.endExperiment(first.id, ended);
    expect(await start({ file, rehearsal: true }, 'other')).toMatchObject({ isNew: true });
  });

  test('an id is of a rehearsal or of a live run, and not of both', async () => {
    const { started, start } = aControl();
    await start({ file, id, rehearsal: true });
    await expect(start({ file, id })).rejects.toThrow('a rehearsal has this one');
    expect(started).toHaveLength(1);
  });

  test('keeps who starts it on one line', async () => {
    const { ledger, start } = aControl();
    await start({ file, id, startedBy: 'alice\n\u001b[2J\u202e and bob' });
    expect((await ledger.experiment(id))?.startedBy).toBe('alice [2J and bob');
  });

  test('an event of the API is none where it does not come from there', async () => {
    const { handler, ledger, context } = aControl();
    await ledger.beginExperiment(anExperimentRecord());
    const events = [
      apiEvent('DELETE /experiments/{id}', { id }),
      apiEvent('POST /experiments', { body: { file } }),
      apiEvent('GET /experiments', {}),
    ];
    for (const event of events) {
      for (const arn of [functionArn, `${functionArn}:7`, `${functionArn}:$LATEST`, `${functionArn}:live`]) {
        await expect(handler(event, context(arn))).rejects.toThrow('not valid');
      }
    }
    expect((await ledger.experiment(id))?.stop).toBeUndefined();
    // And by the API there is no other.
    await expect(handler({ file }, context(`${functionArn}:api`))).rejects.toThrow('not valid');
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

describe('while another runs', () => {
  const other = `${file.replace(/^title:.*$/m, 'title: Another')}`;
  const others = (maxRunning: number) =>
    aControl({
      known: {
        ...known,
        config: { ...known.config, experiments: { ...known.config.experiments, maxRunning } },
      },
    });

  test('is not started: it would disturb it, and be disturbed', async () => {
    const { start, ask, started, ledger } = others(1);
    await start({ file, id });
    for (const one of [{ file }, { file: other }, { file, rehearsal: true }]) {
      await expect(start(one)).rejects.toMatchObject({
        name: 'AlreadyRunning',
        message: expect.stringMatching(`${id}.*status ${id}.*stop ${id}`),
      });
    }
    const { statusCode, body } = await ask('POST /experiments', { body: { file } });
    expect([statusCode, body.error]).toEqual([409, 'AlreadyRunning']);
    expect([started.length, (await ledger.recentExperiments(10)).found.length]).toEqual([1, 1]);
    await ledger.endExperiment(id, { ...ended, verdict: 'survived' });
    expect(await start({ file: other })).toMatchObject({ isNew: true });
  });

  test('is started where the configuration lets as many run, and is never the same one', async () => {
    const { start } = others(2);
    await start({ file, id });
    await expect(start({ file: `${file}\n# another text\n` })).rejects.toThrow('this experiment is running');
    expect(await start({ file: other })).toMatchObject({ isNew: true });
    await expect(start({ file: file.replace(/^title:.*$/m, 'title: Third') })).rejects.toThrow(
      'experiments.maxRunning is 2',
    );
  });

  test('of starts at once, as many are as may run', async () => {
    for (const maxRunning of [1, 3]) {
      const { start, started } = others(maxRunning);
      const files = Array.from({ length: 8 }, (_, index) =>
        file.replace(/^title:.*$/m, `title: No ${index}`),
      );
      const answers = await Promise.allSettled(files.map((one) => start({ file: one })));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxRunning);
      expect(started).toHaveLength(maxRunning);
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
    expect(await ledger.experiment(again.id)).toMatchObject({
      ...{ trigger: 'schedule', startedBy: 'schedule chaos-experiment-latency' },
    });
    expect(new Set(started.map((run) => JSON.stringify(run))).size).toBe(1);
    expect((await ledger.recentExperiments(10)).found).toHaveLength(1);
  });

  test('has a run for each moment, and for each file', async () => {
    const { start, ledger } = aControl();
    const runs = [];
    for (const one of [{}, { slot: '2026-11-23T21:59:58Z' }, { file: `${file}\n# another\n` }]) {
      const run = await start({ ...scheduled, ...one });
      runs.push(run);
      await ledger.endExperiment(run.id, { ...ended, verdict: 'survived' });
    }
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
