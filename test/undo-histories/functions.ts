import { assumedSessions } from '#aws/sessions.ts';
import { awsStriker } from '#aws/striker.ts';
import { awsUndoer } from '#aws/undoer.ts';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { ownStrikes } from '#core/ledger/own-strikes.ts';
import type { Order } from '#core/model/strike.ts';
import { strikeAll } from '#core/run/strike.ts';
import { strikeMode } from '#core/run/strike-mode.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import type { AlarmOrder } from '#core/undo/stop-by-alarm.ts';
import { faults } from '#faults/registry.ts';
import { chaosJanitor } from '#lambdas/chaos-janitor/janitor.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { aGroup } from '../support/a-group.ts';
import { aWorld } from '../support/a-world.ts';
import type { ControlPlane, PlannedStrike, ProcessOfPlane } from './control-plane.ts';
import type { Death } from './life.ts';
import type { UndoOrganization } from './undo-organization.ts';

/** What became of a process: what its function returned, or how it ended. */
export type Ending = 'ended' | 'threw' | 'died' | 'timed out';

/** The function's time, and what it keeps for recording. */
const runMs = 240_000;
const reserveMs = 15_000;
const janitorMs = 300_000;

/**
 * Strikes a place as a run does, from its preparation on: it has decided before, on what may have changed since. Nothing but IAM keeps
 * it from what is ours, or from who has opted out.
 */
export async function strike(
  plane: ControlPlane,
  planned: PlannedStrike,
  death: Death | undefined,
  world: UndoOrganization,
): Promise<Ending> {
  const self = plane.begin(planned, death);
  const { place, blow, minutes } = planned;
  const { target } = place;
  if (target === undefined) throw new Error(`${place.title}: no target was found`);
  const { config } = world;
  const { clients, ledger, life } = self;
  const { clock } = life;
  const sessions = assumedSessions(clients, config.master.region);
  const runId = plane.newId();
  const deadline = clock.now() + runMs - reserveMs;
  const run = { runId, deadline, surveyBy: deadline, slot: { id: `adhoc/${runId}`, at: clock.now() } };
  const calendar = makeCalendar(config);
  const parts = { clients, sessions, config, faults, clock };
  const fleet = awsFleet({ ...parts, readers: kindReaders, concurrency: 16 });
  const striker = awsStriker({ ...parts, kinds });
  const ports = { ...aWorld({ config, clock }), ...{ ledger, fleet, striker, journal: silentJournal } };

  return untilItEnds(self, runMs, world, async () => {
    const fault = { name: blow.fault.name, parameters: { ...blow.parameters, minutes } };
    const inspectedAt = clock.now();
    const prepared = await fleet.prepare({ target, fault }, run);
    if (!('saved' in prepared)) return;
    const version = (await ledger.groupRecords([target.group])).found.get(target.group)?.version ?? 0;
    const order: Order = { ...{ target, fault, version, prepared }, app: undefined, healthy: 1 };
    const { account, region, group: key } = target;
    const group = { ...aGroup({ account, region }), key };
    const reason = { code: 'forced', text: 'somebody asked for it' };
    const decision = { group: key, verdict: 'strike' as const, reason };
    const mode = strikeMode({ mode: 'live' }, run, calendar, ports);
    const own = ownStrikes([], undefined);
    const round = { run, mode, day: calendar.dayOf(clock.now()), inspectedAt, own };
    await strikeAll([{ order, decision, group }], round, ports);
  });
}

/** One invocation of the janitor. */
export async function clean(
  plane: ControlPlane,
  order: UndoOrder | AlarmOrder,
  death: Death | undefined,
  world: UndoOrganization,
): Promise<Ending> {
  const self = plane.begin(undefined, death);
  const { clients, ledger, life } = self;
  const { clock } = life;
  const endsAt = clock.now() + janitorMs;
  const sessions = assumedSessions(clients, world.config.master.region);
  const announcer = {
    announceUndo: async () => {},
    announceExperiment: async () => {},
    raiseUndoAlarm: async (report: (typeof plane.told)[number]) => void plane.told.push(report),
  };
  const janitor = chaosJanitor({
    world: {
      ...{ faults, clock, skew: clients.skew, ledger, announcer },
      undoer: awsUndoer({ clients, sessions, faults, clock }),
      sleepers: { wake: async () => false },
    },
    newId: plane.newId,
    log: () => {},
    put: async () => {},
  });
  const invocation = { getRemainingTimeInMillis: () => endsAt - clock.now() };
  return untilItEnds(self, janitorMs, world, () => janitor(order, invocation));
}

/** Whatever came of it, nothing of it goes on: Lambda freezes what has answered. */
async function untilItEnds(
  { life }: ProcessOfPlane,
  timeoutMs: number,
  { clock }: Pick<UndoOrganization, 'clock'>,
  work: () => Promise<unknown>,
): Promise<Ending> {
  const ending = await Promise.race([
    life.died,
    clock.sleep(timeoutMs).then((): Ending => 'timed out'),
    work().then(
      (): Ending => 'ended',
      (): Ending => 'threw',
    ),
  ]);
  life.die();
  return ending;
}
