import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { undoByJanitor } from '#aws/janitor-undo.ts';
import { anUndoEntry } from '../support/an-undo-entry.ts';
import { instantClock } from '../support/instant-clock.ts';
import { recordingTransport } from '../support/recording-transport.ts';

/** Whoever asks the janitor; its entry is closed at the given look. `isUnreadable`: for this version. */
async function asked(closedAtLook: number, isUnreadable = false) {
  const clock = instantClock();
  const { transport, calls } = recordingTransport();
  const clients = makeClients({ clock, concurrency: 1, transport });
  const [entry, other] = [anUndoEntry(), anUndoEntry({ id: 'f'.repeat(16) })];
  let looks = 0;
  const undoNow = undoByJanitor({
    client: clients(LambdaClient, { region: 'eu-west-1', patienceMs: 0 }),
    ...{ functionName: 'chaos_janitor', clock },
    ledger: {
      openUndos: async () => {
        looks += 1;
        const isOpen = looks < closedAtLook;
        const item = { table: 'ledger', pk: 'undo', sk: entry.id, why: 'newer', group: undefined };
        return {
          found: isOpen && !isUnreadable ? [entry, other] : [other],
          unreadable: isOpen && isUnreadable ? [item] : [],
        };
      },
    },
  });
  const deadline = clock.now() + 60_000;
  const open = await undoNow([entry.id], { runId: 'r', deadline, surveyBy: deadline });
  const tookMs = clock.slept.reduce((sum, ms) => sum + ms, 0);
  return { open, calls, entry, tookMs };
}

test('orders these strikes, and is done once the ledger says so', async () => {
  const { open, calls, entry, tookMs } = await asked(3);
  expect([...open]).toEqual([]);
  expect(calls.map(({ action, input }) => [action, input.FunctionName, input.InvocationType])).toEqual([
    ['lambda:Invoke', 'chaos_janitor', 'Event'],
  ]);
  expect(JSON.parse(Buffer.from(calls[0]?.input.Payload as Uint8Array).toString())).toEqual({
    strikes: [entry.id],
  });
  expect(tookMs).toBe(1_000);
});

test('comes back with those that are still open after half a minute', async () => {
  const { open, entry, tookMs } = await asked(1_000);
  expect([...open]).toEqual([[entry.id, 'the janitor has not undone it yet']]);
  expect(tookMs).toBe(30_000);
});

test('orders what it cannot read as well, which a newer janitor can, and has it open until it is closed', async () => {
  const { open, calls, tookMs } = await asked(3, true);
  expect([[...open], calls.length, tookMs]).toEqual([[], 1, 1_000]);
  const never = await asked(1_000, true);
  expect([...never.open]).toEqual([[never.entry.id, expect.stringContaining('cannot be read')]]);
  expect(never.tookMs).toBe(30_000);
});
