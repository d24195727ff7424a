import { describe, expect, test } from 'vitest';
import { putAnswer } from '#lambdas/chaos-janitor/put-answer.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { aJanitor } from './a-janitor.ts';

const place = {
  Accounts: ['222222222222'],
  Regions: ['eu-west-1', 'us-east-1'],
  ExternalId: 'chaos-test',
};
const enabled = {
  Faults: ['lambda-concurrency@1'],
  Places: [place],
  UndoRole: 'chaos-monkey-undo',
  OptInKey: 'chaos:opt-in',
};

const request = (RequestType: string, properties: object = {}) => ({
  RequestType,
  ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:chaos_janitor',
  ResponseURL: 'https://cloudformation.example/answer',
  StackId: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/ChaosMaster/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Janitor',
  ResourceProperties: { ...enabled, ...properties },
  ...(RequestType === 'Update' && { OldResourceProperties: enabled }),
});

describe('when the stack is deleted', () => {
  test('a stop is set, everything is undone, and then CloudFormation may go on', async () => {
    const { strike, invoke, answers, checkout, ledger } = await aJanitor();
    await strike();
    await invoke(request('Delete'));
    expect(checkout.reserved).toBe(50);
    expect(await ledger.stop()).toMatchObject({
      by: expect.stringContaining('stack/ChaosMaster'),
      // If this was the rollback of an update, the stack stays.
      reason: expect.stringContaining('./chaos resume'),
    });
    expect(answers).toEqual([
      {
        url: 'https://cloudformation.example/answer',
        Status: 'SUCCESS',
        PhysicalResourceId: 'chaos-janitor',
        StackId: expect.any(String),
        RequestId: 'r-1',
        LogicalResourceId: 'Janitor',
      },
    ]);
  });

  test("somebody's stop stays theirs", async () => {
    const { invoke, ledger } = await aJanitor();
    await ledger.setStop({ reason: 'r', by: 'ann', at: '2026-11-23T09:00:00Z' });
    await invoke(request('Delete'));
    expect(await ledger.stop()).toMatchObject({ by: 'ann' });
  });

  test('it fails while something stays open, and says what', async () => {
    const { strike, invoke, answers, checkout } = await aJanitor();
    const { id } = await strike();
    checkout.tags = {};
    await invoke(request('Delete'));
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining(id) }]);
    expect(answers[0]?.Reason).toContain('./chaos undo STRIKE --accept');
    expect(answers[0]?.Reason?.length).toBeLessThanOrEqual(1_500);
    checkout.tags = { 'chaos:opt-in': 'false' };
    await invoke(request('Delete'));
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
  });

  test('it waits for an injection whose run may be alive', async () => {
    const { find, reserve, invoke, answers, openEntries, clock } = await aJanitor();
    await reserve(await find('checkout'), { limit: 0, minutes: 5 });
    const before = clock.now();
    await invoke(request('Delete'));
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await openEntries()).toEqual([]);
    expect(clock.now() - before).toBeGreaterThan(60_000);
  });

  test('an unreadable ledger keeps it from being deleted', async () => {
    const { invoke, answers, world } = await aJanitor();
    world.ledger.openUndos = async () => Promise.reject(new Error('no table'));
    await invoke(request('Delete'));
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('no table') }]);
  });
});

describe('when the stack is updated', () => {
  test.each([
    [
      'a fault that is active is not disabled',
      { Faults: ['s3-cors@1'] },
      /lambda-concurrency is to be disabled/,
    ],
    [
      'an account with an active fault is not left',
      { Places: [{ ...place, Accounts: ['333333333333'] }] },
      /^account 222222222222 is to be left/,
    ],
    [
      'a region with an active fault is not left',
      { Places: [{ ...place, Regions: ['us-east-1'] }] },
      /^eu-west-1 in account 222222222222 is to be left/,
    ],
    ['the role that undoes it is not replaced', { UndoRole: 'undo' }, /role\/chaos-monkey-undo is to be/],
    [
      'a fault that is active is not replaced by another version',
      { Faults: ['lambda-concurrency@2'] },
      /^lambda-concurrency@1 is to be replaced/,
    ],
    [
      'the external id of an account with an active fault is not replaced',
      { Places: [{ ...place, ExternalId: 'other' }] },
      /^the external id of account 222222222222 is to be/,
    ],
    ["the opt-in tag's key is not replaced", { OptInKey: 'opt-in' }, /^the opt-in tag's key chaos:opt-in is/],
    [
      'the last fault that lasts is not disabled while it is active',
      { Faults: [] },
      /^lambda-concurrency is to be disabled/,
    ],
  ])('%s', async (_name, properties, reason) => {
    const { strike, invoke, answers, checkout } = await aJanitor();
    await strike();
    await invoke(request('Update', properties));
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(reason) }]);
    expect(checkout.reserved).toBe(0);
    await invoke({ all: true });
    await invoke(request('Update', properties));
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
  });

  test('the rollback of an update that was refused is not refused, whatever it disables', async () => {
    const { strike, invoke, answers } = await aJanitor();
    await strike();
    const { ResourceProperties: less, ...rolledBack } = request('Update', { Faults: ['s3-cors@1'] });
    await invoke({ ...rolledBack, ResourceProperties: { ...less, Faults: [] }, OldResourceProperties: less });
    const { ResourceProperties: other } = request('Update', {
      Faults: ['lambda-concurrency@2'],
      Places: [{ ...place, ExternalId: 'other' }],
      OptInKey: 'opt-in',
    });
    await invoke({ ...rolledBack, ResourceProperties: enabled, OldResourceProperties: other });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
  });

  test('nothing is disabled or left while an entry cannot be read', async () => {
    const { invoke, answers, world } = await aJanitor();
    const item = { table: 'ledger', pk: 'undo', sk: '1', why: 'x', group: undefined };
    world.ledger.openUndos = async () => ({ found: [], unreadable: [item] });
    await invoke(request('Update', { Faults: [] }));
    await invoke(request('Update', { Faults: [...enabled.Faults, 's3-cors@1'] }));
    expect(answers).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('./chaos ledger check') },
      { Status: 'SUCCESS' },
    ]);
  });

  test('anything else may change, and be created, while a fault is active', async () => {
    const { strike, invoke, answers, ledger } = await aJanitor();
    await strike();
    await invoke(request('Update'));
    await invoke(request('Create'));
    expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await ledger.stop()).toBeUndefined();
  });
});

describe('the answer to CloudFormation', () => {
  const putting = async (statuses: readonly number[]) => {
    const left = [...statuses];
    const sent: (RequestInit | undefined)[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      sent.push(init);
      return new Response(null, { status: left.shift() ?? 200 });
    };
    const outcome = await putAnswer('https://x', '{}', { fetch, clock: instantClock() }).catch(String);
    return { outcome, sent };
  };

  test('is put without a content type, which the signature does not have', async () => {
    const { outcome, sent } = await putting([200]);
    expect(outcome).toBeUndefined();
    expect(sent).toMatchObject([{ method: 'PUT', body: '{}', headers: { 'content-type': '' } }]);
  });

  test('is put again until it is taken, or has been refused five times', async () => {
    const late = await putting([500, 503]);
    expect([late.outcome, late.sent.length]).toEqual([undefined, 3]);
    const never = await putting([403, 403, 403, 403, 403]);
    expect([never.outcome, never.sent.length]).toEqual([expect.stringContaining('403'), 5]);
  });
});
