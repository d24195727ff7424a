import { describe, expect, test } from 'vitest';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';
import { aControl, apiEvent, file, functionArn, userArn } from './a-control.ts';

const id = '20261123T090000Z-3f9a1c2b';
const ended = { verdict: 'deviated' as const, why: 'slow', at: '2026-11-23T09:05:00.000Z' };
const idOf = (index: number) => `20261123T0900${`${index}`.padStart(2, '0')}Z-00000000`;
const throttled = async () => {
  throw new Error('throttled');
};

describe('POST /experiments', () => {
  test('starts one, by whoever signed the request', async () => {
    const { ask, started, ledger } = aControl();
    const { statusCode, headers, body } = await ask('POST /experiments', { body: { file } });
    expect({ statusCode, headers }).toEqual({
      statusCode: 202,
      headers: { 'content-type': 'application/json' },
    });
    expect(body).toEqual({ id: expect.any(String), isNew: true, warnings: expect.any(Array) });
    expect(started).toEqual([{ id: body.id, file }]);
    expect(await ledger.experiment(body.id)).toMatchObject({
      ...{ startedBy: userArn, trigger: 'api', rehearsal: false },
    });
  });

  test('is one run for as often as it is sent with one id, in plain text or as base64', async () => {
    const { ask, handler, context, started } = aControl();
    const event = apiEvent('POST /experiments', { body: { file, id, rehearsal: true } });
    const base64 = { ...event, body: btoa(event.body ?? ''), isBase64Encoded: true };
    await handler(base64, context(`${functionArn}:api`));
    const { statusCode, body } = await ask('POST /experiments', { body: { file, id, rehearsal: true } });
    expect([statusCode, body]).toMatchObject([202, { id, isNew: false }]);
    expect(started).toHaveLength(2);
    expect(started[0]).toEqual(started[1]);
  });

  test.each([
    ['no body', undefined, 'file'],
    ['what is not JSON', '{"file":', '(root)'],
    ['a list', [], '(root)'],
    ['another starter than who signed it', { file, startedBy: 'mallory' }, 'startedBy'],
    ['another trigger', { file, trigger: 'schedule' }, 'trigger'],
    ['a slot, which is for schedules', { file, slot: '2026-11-23T09:00:00Z' }, 'slot'],
    ['an id that is a path', { file, id: '../../other' }, 'id'],
    ['an id with a line break', { file, id: `${id}\n` }, 'id'],
    ['a file that is no text', { file: { title: 'x' } }, 'file'],
    ['a file too long', { file: 'x'.repeat(100_001) }, 'file'],
    ['a file with a key that there is not', { file: `${file}\nowners: me\n` }, 'owners'],
    ['a file of aliases', { file: 'a: &a [1]\nb: *a\n' }, 'b'],
    ['a prototype', '{"file":"x","__proto__":{"rehearsal":true}}', '__proto__'],
    ['a body of a million brackets', '['.repeat(1_000_000), '(root)'],
  ])('refuses %s, and does nothing', async (_, body, path) => {
    const { ask, started, ledger } = aControl();
    const answer = await ask('POST /experiments', { ...(body !== undefined && { body }) });
    expect(answer).toMatchObject({ statusCode: 400, body: { error: 'InvalidInput' } });
    expect(answer.body.mistakes.map((one: { path: string }) => one.path)).toContain(path);
    expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
    expect(JSON.stringify(answer.body)).not.toMatch(/\.ts:\d|node:internal/);
    expect([started, (await ledger.recentExperiments(10)).found]).toEqual([[], []]);
  });

  test('scales nothing up before somebody has written down what was learned', async () => {
    const ramp = `${file}\nramp: { stages: [{}, {}], pause: 1m }\n`;
    const { ask, ledger } = aControl();
    await ask('POST /experiments', { body: { file: ramp, id } });
    await ledger.endExperiment(id, ended);
    const { statusCode, body } = await ask('POST /experiments', { body: { file: ramp } });
    expect(statusCode).toBe(409);
    expect(body).toEqual({ error: 'NotLearned', message: expect.stringContaining(`note ${id}`) });
  });

  test('is a fault of ours where the run cannot be started: API Gateway says so, and no more', async () => {
    const { ask } = aControl({ start: throttled });
    await expect(ask('POST /experiments', { body: { file } })).rejects.toThrow('throttled');
  });
});

describe('GET /experiments', () => {
  test('lists the last fifty, newest first, without what makes the answer large', async () => {
    const { ask, ledger } = aControl();
    for (let index = 0; index < 55; index += 1) {
      await ledger.beginExperiment(anExperimentRecord({ id: idOf(index) }));
    }
    await ledger.addExperimentNote(idOf(54), { at: ended.at, by: 'bob', text: 'a cache was missing' });
    const { statusCode, body } = await ask('GET /experiments');
    expect([statusCode, body.experiments.length, body.unreadable]).toEqual([200, 50, 0]);
    const { notes: _, ...listed } = anExperimentRecord({ id: idOf(54) });
    expect(body.experiments[0]).toEqual(listed);
    expect(body.experiments.at(-1).id).toBe(idOf(5));
  });

  test('says how many cannot be read, and is below what Lambda may answer where all is as long as can be', async () => {
    const long = 'ä'.repeat(2_000);
    const record = anExperimentRecord({ title: long, owner: long, startedBy: long, trigger: long });
    const { ask, ledger } = aControl();
    for (let index = 0; index < 50; index += 1) {
      await ledger.beginExperiment({ ...record, id: idOf(index) });
      await ledger.stopExperiment(idOf(index), { by: long, reason: long, at: ended.at });
      await ledger.endExperiment(idOf(index), { ...ended, why: long });
    }
    const { headers: _, ...answer } = await ask('GET /experiments');
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(1_000_000);
    const item = { table: 'chaos-ledger', pk: 'experiments', sk: id, why: 'damaged', group: undefined };
    const recentExperiments = async () => ({ found: [], unreadable: [item] });
    const damaged = aControl({ ledger: { ...ledger, recentExperiments } });
    expect((await damaged.ask('GET /experiments')).body).toEqual({ experiments: [], unreadable: 1 });
  });
});

describe('GET /experiments/{id}', () => {
  test('shows a run with its notes, and not what wakes it, or what alarms end it', async () => {
    const { ask, ledger } = aControl();
    const stopConditions = [{ name: 'checkout', arn: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:5xx' }];
    await ledger.beginExperiment(anExperimentRecord({ stopConditions }));
    const lease = { now: Date.parse('2026-11-23T09:00:01Z'), until: Date.parse('2026-11-23T10:00:00Z') };
    await ledger.renewLease(id, { ...lease, isWaiting: true, wakeUp: 'callback' });
    const note = { at: ended.at, by: 'bob', text: 'a cache was missing' };
    await ledger.addExperimentNote(id, note);
    const { statusCode, body } = await ask('GET /experiments/{id}', { id });
    expect(statusCode).toBe(200);
    expect(body).toEqual(anExperimentRecord({ leaseUntil: lease.until, isWaiting: true, notes: [note] }));
  });

  test('knows no others, and looks nowhere for what is no id', async () => {
    const { ask } = aControl();
    expect(await ask('GET /experiments/{id}', { id })).toMatchObject({
      statusCode: 404,
      body: { error: 'NotFound', message: `there is no run ${id}` },
    });
    const blind = aControl({ ledger: { ...aControl().ledger, experiment: throttled } });
    for (const bad of ['', 'RUN', `${id}/..`, 'x'.repeat(10_000)]) {
      expect(await blind.ask('GET /experiments/{id}', { id: bad })).toMatchObject({ statusCode: 400 });
    }
    await expect(blind.ask('GET /experiments/{id}', { id })).rejects.toThrow('throttled');
  });
});

describe('DELETE /experiments/{id}', () => {
  const running = async (changes: Parameters<typeof aControl>[0] = {}) => {
    const control = aControl(changes);
    await control.ledger.beginExperiment(anExperimentRecord());
    return control;
  };

  test.each([
    ['in the query', { query: { reason: 'too loud' } }, 'too loud'],
    ['in a body', { body: { reason: 'too loud' } }, 'too loud'],
    ['by none', {}, 'no reason given'],
  ])('stops a run, for a reason %s, and calls the janitor', async (_, more, reason) => {
    const { ask, ledger, woken } = await running();
    const { statusCode, body } = await ask('DELETE /experiments/{id}', { id, ...more });
    expect([statusCode, body]).toEqual([202, { stopped: true }]);
    expect((await ledger.experiment(id))?.stop).toEqual({
      ...{ by: userArn, reason },
      at: '2026-11-23T09:00:00.000Z',
    });
    expect(woken).toEqual([id]);
  });

  test('answers the same again, and the first stop stands', async () => {
    const { ask, ledger, woken } = await running();
    for (const reason of ['too loud', 'still too loud']) {
      expect(await ask('DELETE /experiments/{id}', { id, query: { reason } })).toMatchObject({
        statusCode: 202,
      });
    }
    expect((await ledger.experiment(id))?.stop?.reason).toBe('too loud');
    expect(woken).toEqual([id, id]);
  });

  test('stops it where the janitor cannot be called, and says so', async () => {
    const control = await running();
    const deaf = aControl({ ledger: control.ledger, wakeJanitor: throttled });
    const { statusCode, body } = await deaf.ask('DELETE /experiments/{id}', { id });
    expect([statusCode, body]).toMatchObject([202, { stopped: true, warning: /throttled/ }]);
    expect((await control.ledger.experiment(id))?.stop).toBeDefined();
  });

  test('says which run there is not, and which is over, and calls nobody', async () => {
    const { ask, ledger, woken } = await running();
    const other = idOf(1);
    expect(await ask('DELETE /experiments/{id}', { id: other })).toMatchObject({ statusCode: 404 });
    await ledger.endExperiment(id, ended);
    expect(await ask('DELETE /experiments/{id}', { id })).toMatchObject({
      statusCode: 409,
      body: { error: 'ExperimentOver', message: expect.stringContaining(id) },
    });
    expect(woken).toEqual([]);
  });

  test.each([
    ['no id', { id: 'RUN' }, 'id'],
    ['another key in the query', { query: { all: 'true' } }, 'all'],
    ['another stopper than who signed it', { body: { by: 'mallory' } }, 'by'],
    ['a reason too long', { query: { reason: 'x'.repeat(501) } }, 'reason'],
    ['a body that is no object', { body: '["reason"]' }, '(root)'],
  ])('refuses %s, and stops nothing', async (_, more, path) => {
    const { ask, ledger, woken } = await running();
    const answer = await ask('DELETE /experiments/{id}', { id, ...more });
    expect(answer).toMatchObject({ statusCode: 400, body: { mistakes: [{ path }] } });
    expect([(await ledger.experiment(id))?.stop, woken]).toEqual([undefined, []]);
  });

  test.each(['stopExperiment', 'experiment'] as const)(
    'promises nothing where the ledger fails: %s',
    async (name) => {
      const { ledger } = aControl();
      const { ask, woken } = aControl({ ledger: { ...ledger, [name]: throttled } });
      await expect(ask('DELETE /experiments/{id}', { id })).rejects.toThrow('throttled');
      expect(woken).toEqual([]);
    },
  );
});

describe('the API', () => {
  test('knows no other route', async () => {
    for (const route of ['POST /runs', 'DELETE /experiments', '', 'toString', '$default']) {
      expect(await aControl().ask(route)).toMatchObject({ statusCode: 404 });
    }
  });

  test.each([{}, { iam: {} }, { jwt: { claims: { sub: 'mallory' } } }])(
    'takes nothing that nobody signed: %j',
    async (authorizer) => {
      const { ask, started, ledger } = aControl();
      for (const [route, more] of [
        ['POST /experiments', { body: { file } }],
        ['GET /experiments', {}],
        ['DELETE /experiments/{id}', { id }],
      ] as const) {
        expect(await ask(route, { ...more, authorizer })).toMatchObject({ statusCode: 403 });
      }
      expect([started, (await ledger.recentExperiments(10)).found]).toEqual([[], []]);
    },
  );
});
