import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsUndoer } from '#aws/undoer.ts';
import type { LastingFault } from '#core/model/fault.ts';
import type { Sleepers } from '#core/ports/sleepers.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import { faults } from '#faults/registry.ts';
import { chaosJanitor } from '#lambdas/chaos-janitor/janitor.ts';
import { aStrikeWorld, optIn, type StrikeWorldOptions } from '../../faults/lasting/a-strike-world.ts';

export const concurrency = faults.get('lambda-concurrency') as LastingFault;

/** The function `chaos_janitor` beside a struck function, on the sandbox; and all that it says. */
export async function aJanitor(options: StrikeWorldOptions = {}) {
  const struck = aStrikeWorld(concurrency, options);
  const { clock, ledger, sandbox, config } = struck;
  const checkout = struck.region.functions.add({ name: 'checkout', tags: optIn, reserved: 50 });
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport, random: () => 0.5 });
  const sessions = assumedSessions(clients, config.master.region);
  const announced: UndoReport[] = [];
  const alarms: UndoReport[] = [];
  const logged: UndoReport[] = [];
  const announcer = {
    announceUndo: async (report: UndoReport) => {
      announced.push(report);
    },
    raiseUndoAlarm: async (report: UndoReport) => {
      alarms.push(report);
    },
    announceExperiment: async () => {},
  };
  const undoer = awsUndoer({ clients, sessions, faults, clock });
  const sleepers: Sleepers = { wake: async () => false };
  const world = { faults, clock, skew: clients.skew, ledger, undoer, announcer, sleepers };
  const answers: { readonly url: string; readonly Status: string; readonly Reason?: string }[] = [];
  const handler = chaosJanitor({
    world,
    newId: () => '3f9a1c2b',
    log: (report) => logged.push(report),
    put: async (url, body) => {
      answers.push({ url, ...JSON.parse(body) });
    },
  });
  const strike = async () => {
    await struck.strike(await struck.find('checkout'), { limit: 0, minutes: 5 });
    const [entry] = await struck.openEntries();
    if (entry === undefined) throw new Error('nothing is open');
    return entry;
  };
  const invoke = (event: unknown) => handler(event, { getRemainingTimeInMillis: () => 900_000 });
  return { ...struck, world, checkout, announced, alarms, logged, answers, strike, invoke };
}
