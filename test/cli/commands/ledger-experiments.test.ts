import { describe, expect, test } from 'vitest';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { aBrokenLedger, change, keyOf, mend } from '../../support/a-broken-ledger.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';

const ended = { verdict: 'survived' as const, why: 'all held', at: '2026-11-23T09:05:00.000Z' };

/** A ledger with one experiment that runs, and one that is over. */
async function experiments() {
  const broken = await aBrokenLedger();
  const { client, table } = broken;
  const { clock } = broken.world;
  const ledger = dynamoLedger({ client, tableName: table.name, clock, newSecret: () => 'ab'.repeat(32) });
  const over = id.replace(/.$/, 'a');
  for (const one of [id, over]) await ledger.beginExperiment(anExperimentRecord({ id: one }));
  await ledger.endExperiment(over, ended);
  const running = async () => (await ledger.runningExperiments()).found.map((one) => one.id);
  return { broken, ledger, running, over };
}

describe('experiments', () => {
  test('are known, and nothing is wrong with them', async () => {
    const { broken } = await experiments();
    expect(await broken.problems()).toEqual([]);
    expect((await broken.check()).out).not.toContain('unknown');
  });

  test('one that cannot be read is deleted, and then what points to it', async () => {
    const { broken, running } = await experiments();
    change(broken.table, 'experiments', id, { leaseUntil: { S: 'soon' } });
    expect((await broken.check()).out).toMatch(/Unreadable: an experiment/);
    expect(await broken.problems()).toMatchObject([{ problem: 'experiment', key: { sk: id } }]);
    await mend(broken);
    expect(await broken.problems()).toMatchObject([
      { problem: 'dangling-pointer', key: { pk: 'running', sk: id } },
    ]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
    expect(await running()).toEqual([]);
  });

  test('one that is listed though it is over is removed from the list', async () => {
    const { broken, over, running } = await experiments();
    broken.table.put(keyOf('running', over));
    expect(await running()).toEqual([id]);
    expect(await broken.problems()).toMatchObject([{ problem: 'dangling-pointer', key: { sk: over } }]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
  });

  test('one that is not listed though it is not over is listed again', async () => {
    const { broken, running } = await experiments();
    broken.table.delete(keyOf('running', id));
    expect((await broken.check()).out).toMatch(/not over and not listed as running/);
    expect(await broken.problems()).toMatchObject([{ problem: 'lost-experiment', key: { sk: id } }]);
    await mend(broken);
    expect(await running()).toEqual([id]);
  });
});
