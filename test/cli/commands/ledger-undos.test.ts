import { describe, expect, test } from 'vitest';
import { undoIdOf } from '#core/model/undo-entry.ts';
import { aBrokenLedger, type BrokenLedger, change, keyOf, mend } from '../../support/a-broken-ledger.ts';
import { aClaim } from '../../support/a-claim.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';

const claim = aClaim({ budgets: [] });
const id = undoIdOf(claim);
const arn = 'arn:aws:lambda:eu-west-1:222222222222:function:checkout';
const endedAt = '2026-11-23T09:06:00.000Z';

/** A strike whose fault is in place. */
async function struck({ world: { ledger } }: BrokenLedger): Promise<void> {
  await ledger.claim({ ...claim, undo: id }, anUndoEntry({ ...claim }));
  await ledger.begin(claim);
  await ledger.settle(claim, { outcome: 'succeeded', detail: '' });
}

const open = async ({ world: { ledger } }: BrokenLedger) => (await ledger.openUndos()).found;

test('entries, locks and closed entries are known, and nothing is wrong with them', async () => {
  const broken = await aBrokenLedger();
  await struck(broken);
  expect(await broken.problems()).toEqual([]);
  expect((await broken.check()).out).not.toContain('unknown');
  const [entry] = await open(broken);
  if (entry) await broken.world.ledger.endUndo(entry, 'undone', endedAt);
  expect(await broken.problems()).toEqual([]);
  expect((await broken.check()).out).not.toContain('unknown');
});

describe('an undo entry that cannot be read', () => {
  test('is named, with what undoes its fault, and is mended together with its locks', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    change(broken.table, 'undo', id, { deadline: { N: '1' } });
    const { out } = await broken.check();
    expect(out).toContain(
      'aws lambda delete-function-concurrency --function-name checkout --region eu-west-1',
    );
    expect(out).toMatch(/A fault may be in place/);
    expect(await broken.problems()).toMatchObject([
      { problem: 'undo', key: { pk: 'undo', sk: id }, byHand: [expect.stringContaining('delete-function')] },
    ]);
    await mend(broken);
    expect(broken.table.get(keyOf(`lock#${arn}`, 'lock'))).toBeUndefined();
    // Its strike must not wait for ever.
    expect(await broken.problems()).toMatchObject([{ problem: 'lost-undo', group: claim.group }]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
    expect((await broken.world.ledger.openStrikes()).found[0]?.undoneAt).toBeDefined();
  });

  test('is open: whose it is, and what undoes it, is known as far as that can be read', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    change(broken.table, 'undo', id, { deadline: { N: '1' } });
    const { runId } = claim;
    const byHand = [expect.stringContaining('aws lambda delete-function-concurrency')];
    const read = () => broken.world.ledger.openUndos();
    expect(await read()).toMatchObject({ found: [], unreadable: [{ sk: id, runId, byHand }] });
    change(broken.table, 'undo', id, { runId: { N: '1' }, byHand: { S: 'x' } });
    const [unreadable] = (await read()).unreadable;
    expect(unreadable).toMatchObject({ sk: id, byHand: [] });
    expect(unreadable).not.toHaveProperty('runId');
  });

  test('is named even if its commands cannot be read', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    change(broken.table, 'undo', id, { byHand: { S: 'x' } });
    expect(await broken.problems()).toMatchObject([{ problem: 'undo', byHand: [] }]);
  });
});

test('a lock that cannot be read is restored, or deleted if no open strike holds it', async () => {
  const broken = await aBrokenLedger();
  await struck(broken);
  const before = broken.table.get(keyOf(`lock#${arn}`, 'lock'));
  change(broken.table, `lock#${arn}`, 'lock', { strike: { N: '1' } });
  change(broken.table, 'lock#arn:other', 'lock', { strike: { N: '1' } });
  expect((await broken.problems()).map(({ problem, key }) => [problem, key.pk]).sort()).toEqual([
    ['lock', `lock#${arn}`],
    ['lock', 'lock#arn:other'],
  ]);
  await mend(broken);
  expect(await broken.problems()).toEqual([]);
  expect(broken.table.get(keyOf(`lock#${arn}`, 'lock'))).toEqual(before);
});

test('a closed entry that cannot be read is deleted', async () => {
  const broken = await aBrokenLedger();
  change(broken.table, 'ended', `${endedAt}#${id}`, { end: { S: 'vanished' } });
  expect(await broken.problems()).toMatchObject([{ problem: 'ended' }]);
  await mend(broken);
  expect(await broken.problems()).toEqual([]);
});

describe('open strikes, entries and locks that contradict each other', () => {
  test('a lock that nobody holds', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    const lock = broken.table.get(keyOf(`lock#${arn}`, 'lock'));
    broken.table.put({
      ...lock,
      ...keyOf('lock#arn:stray', 'lock'),
      arn: { S: 'arn:stray' },
      strike: { S: 'gone' },
    });
    expect(await broken.problems()).toMatchObject([{ problem: 'stray-lock', key: { pk: 'lock#arn:stray' } }]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
  });

  test('a lock that was deleted', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    const key = keyOf(`lock#${arn}`, 'lock');
    const before = broken.table.get(key);
    broken.table.delete(key);
    expect(await broken.problems()).toMatchObject([{ problem: 'lost-lock', group: claim.group }]);
    await mend(broken);
    expect(broken.table.get(key)).toEqual(before);
    expect(await broken.problems()).toEqual([]);
  });

  test('two strikes on one target: a person decides', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    const lock = broken.table.get(keyOf(`lock#${arn}`, 'lock'));
    broken.table.delete(keyOf(`lock#${arn}`, 'lock'));
    const second = aClaim({ group: '222222222222/eu-west-1/asg/api' });
    const other = anUndoEntry(second);
    await broken.world.ledger.claim({ ...second, undo: other.id }, other);
    expect(lock).toBeDefined();
    expect(await broken.problems()).toMatchObject([{ problem: 'shared-lock', key: { sk: id }, mend: [] }]);
    expect((await broken.check()).out).toContain(`./chaos undo ${id}`);
  });

  test('a strike whose entry ended without it gets the moment of that', async () => {
    const broken = await aBrokenLedger();
    await struck(broken);
    const [entry] = await open(broken);
    if (entry) await broken.world.ledger.endUndo(entry, 'undone', endedAt);
    const key = keyOf(`group#${claim.group}`, `strike#${claim.slot}`);
    const { undoneAt: _, ...rest } = broken.table.get(key) ?? {};
    broken.table.put(rest);
    expect(await broken.problems()).toMatchObject([{ problem: 'lost-undo' }]);
    await mend(broken);
    expect((await broken.world.ledger.openStrikes()).found).toMatchObject([{ undoneAt: endedAt }]);
    expect(await broken.problems()).toEqual([]);
  });
});
