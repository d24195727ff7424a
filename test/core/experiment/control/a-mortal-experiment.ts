import { ledgerControl } from '#core/experiment/control/ledger-control.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import type { ExperimentPorts, MethodPort } from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { experimentSlot } from '#core/model/experiment-slot.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { janitorRound } from '#core/undo/janitor-round.ts';
import { undoDue } from '#core/undo/undo-due.ts';
import { chaosJanitor } from '#lambdas/chaos-janitor/janitor.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { aClaim } from '../../../support/a-claim.ts';
import { anExperimentRecord, anExperimentId as id } from '../../../support/an-experiment-record.ts';
import { aBreakableWorld } from '../../undo/a-breakable-world.ts';
import { strikeOnce } from '../../undo/strike-and-undo.ts';
import { anExperiment } from '../engine/an-experiment.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
/** What the janitor allows for a renewal that is on its way. */
const lateMs = 5_000;
/** What a stop leaves to whoever runs the experiment. */
const stoppedMs = 30_000;
const rounds = 32;
const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:checkout';
const stopConditions = [{ name: 'checkout-burning', type: 'cloudwatch-alarm' as const, arn }];
const announcer = {
  announceUndo: async () => {},
  raiseUndoAlarm: async () => {},
  announceExperiment: async () => {},
};
const sleepers = { wake: async () => false };

export interface History {
  /** The call of the engine at which it dies, if it does; or its first one from a time on, in ms from the start. */
  readonly death?:
    | { readonly call?: number; readonly at?: number; readonly is: 'dies before' | 'dies after' }
    | undefined;
  /** A time, in ms from the start, in which nothing of it runs, though it is alive. */
  readonly freeze?: { readonly at: number; readonly ms: number } | undefined;
  readonly stop?: { readonly at: number; readonly of: 'experiment' | 'everything' } | undefined;
  /**
   * An alarm that is a stop condition goes off, and whoever runs the experiment has no answer about it from then on. EventBridge tells the
   * janitor.
   */
  readonly alarm?: { readonly at: number } | undefined;
  /** How long resolving, striking, and undoing take, in ms; each less than a minute. */
  readonly takes: { readonly resolve: number; readonly strike: number; readonly undo: number };
  readonly pauseMs: number;
  /** When in its minute the janitor runs. */
  readonly janitorAt: number;
}

/**
 * Plays an experiment of two stages over the real engine, control, ledger, undo and janitor, on a virtual clock. Returns what contradicts
 * the promises, in words, and what the engine reported if it came to that.
 */
export async function playHistory(history: History) {
  const { takes, pauseMs, stop, freeze, death, alarm } = history;
  const clock = new VirtualClock({ startsAt, jumps: true });
  const target = aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });
  const { ledger } = target;
  const broken: string[] = [];
  const at = () => clock.now() - startsAt;
  const keepTime = () => target.pass(Math.max(0, clock.now() - target.now()));
  const expect = (holds: boolean, promise: string) => {
    if (!holds) broken.push(`${promise} (${at() / 1_000} s)`);
  };

  let isDead = false;
  const { world: own, death: died } = target.process((call) => {
    keepTime();
    if (death === undefined) return 'works';
    return call === death.call || at() >= (death.at ?? Number.POSITIVE_INFINITY) ? death.is : 'works';
  });
  void died.then(() => {
    isDead = true;
  });
  const engineClock: Clock = {
    now: () => clock.now(),
    sleep: async (ms, over) => {
      await clock.sleep(ms, over);
      if (freeze !== undefined && at() >= freeze.at) await clock.sleep(freeze.at + freeze.ms - at());
      if (isDead) await new Promise<never>(() => {});
    },
  };
  const engine = { ...own, clock: engineClock };
  const control = ledgerControl(
    id,
    { stopConditions: alarm === undefined ? [] : stopConditions },
    {
      ...{ ledger: engine.ledger, clock: engineClock, skew: engine.skew },
      ...{ journal: { failed: () => {} }, announce: async () => {} },
      alarms: {
        alarms: async (arns) => {
          if (alarm !== undefined && at() >= alarm.at) await new Promise<never>(() => {});
          return arns.map(() => 'OK');
        },
      },
    },
  );

  const openEntries = async () => (await engine.ledger.openUndos()).found;
  const method: MethodPort = {
    closed: async () => undefined,
    recovered: async () => {},
    undone: async (ids) => {
      const open = new Set((await openEntries()).map((entry) => entry.id));
      return ids.filter((one) => !open.has(one));
    },
    observe: async (ids) => {
      const open = new Set((await openEntries()).map((entry) => entry.id));
      return ids.map((one) => ({ id: one, is: open.has(one) ? 'in-place' : 'not-in-place', text: '' }));
    },
    resolve: async ({ name }) => {
      await engineClock.sleep(takes.resolve);
      const group = aClaim().group;
      const found = { found: 1, wanted: 1, allowed: 1, rounds: [[group]], spared: [], failures: [] };
      return { step: name, at: clock.now(), ...found };
    },
    strike: async ({ name, fault }, _resolved, stage) => {
      await engineClock.sleep(takes.strike);
      const slot = experimentSlot(id, stage, name, 0);
      const { group, target } = aClaim();
      const version = (await engine.ledger.groupRecords([group])).found.get(group)?.version ?? 0;
      const outcome = await strikeOnce(engine, aClaim({ slot, runId: id, version }));
      const [entry] = await openEntries();
      const struck = { step: name, stage, group, target, fault, detail: outcome, byHand: [] };
      const is = outcome === 'succeeded' ? outcome : ('failed' as const);
      return { strikes: [{ ...struck, outcome: is, ...(entry && { undo: entry.id }) }], failures: [] };
    },
    undo: async (ids) => {
      await engineClock.sleep(takes.undo);
      const wanted = ids ?? (await openEntries()).map((entry) => entry.id);
      const deadline = clock.now() + 50_000;
      const run = { runId: id, deadline, surveyBy: deadline };
      if (wanted.length > 0) await undoDue({ strikes: wanted }, run, engine);
      const open = (await openEntries()).filter((entry) => wanted.includes(entry.id));
      return open.map(({ id, group, problem = '' }) => ({ id, group, why: problem, byHand: [] }));
    },
  };
  const ports: ExperimentPorts = {
    ...{ clock: engineClock, control, method },
    showsAfterMs: () => 0,
    describe: ({ name }) => ({ what: name, measures: 'events', settlesMs: 0 }),
    openSampler: async (spec) => ({
      spec,
      async *between(from, to, over) {
        for (let due = from; due < to; due += spec.everyMs) {
          await engineClock.sleep(due - clock.now(), over);
          if (over.aborted) return;
          yield { due, is: 'good' };
        }
      },
      close: async () => {},
    }),
  };
  const experiment = anExperiment({ stages: [{}, {}], pauseMs });
  const steps = experiment.steadyState.probes.map((probe) => ({ ...probe, everyMs: 1_000 }));
  const run = {
    ...{ id, fileHash: '', rehearsal: false, trigger: 'cli', startedBy: 'alice', timeZone: 'UTC' },
    experiment: { ...experiment, steadyState: { ...experiment.steadyState, probes: steps } },
  };

  let report: ExperimentReport | undefined;
  const runEngine = async () => {
    await engine.ledger.beginExperiment(
      anExperimentRecord({ leaseUntil: clock.now() + 90_000, stopConditions }),
    );
    const isStopped = async () => (await control.stopped()) !== undefined;
    report = await runExperiment(run, plainHost(engineClock, isStopped), ports);
    const { is: verdict, why, at } = report.verdict;
    await engine.ledger.endExperiment(id, { verdict, why, at });
  };

  let wasTakenOver = false;
  const runJanitor = async () => {
    await clock.sleep(history.janitorAt);
    for (let round = 0; round < rounds; round += 1) {
      const began = clock.now();
      const before = await ledger.experiment(id);
      const isOver = before?.ended !== undefined;
      const isLapsed = before !== undefined && before.leaseUntil + lateMs < began;
      const isStopped =
        (stop !== undefined && at() >= stop.at + (stop.of === 'experiment' ? stoppedMs : 0)) ||
        (alarm !== undefined && at() >= alarm.at);
      const wasFrozen = freeze !== undefined && at() >= freeze.at;
      expect(isDead || isOver || wasFrozen || !isLapsed, 'whoever is alive holds the lease');
      const { world } = target.process((_, name) => {
        keepTime();
        if (name === 'write') {
          expect(
            isDead || isOver || isStopped || isLapsed,
            'nothing of a live experiment is undone by the janitor',
          );
          wasTakenOver ||= isLapsed && !isOver;
        }
        return 'works';
      });
      const deadline = began + 50_000;
      await janitorRound(
        {},
        { runId: 'janitor', deadline, surveyBy: deadline },
        { ...world, clock, announcer, sleepers },
      );
      keepTime();
      const isDue = isLapsed || isOver || (stop !== undefined && isStopped);
      expect(!isDue || !target.isBroken(), 'nothing is in place after the lease and a round');
      await clock.sleep(minuteMs - (clock.now() - began));
    }
  };

  const runStop = async () => {
    if (stop === undefined) return;
    await clock.sleep(stop.at);
    const by = { by: 'bob', reason: 'too loud', at: new Date(clock.now()).toISOString() };
    await (stop.of === 'experiment' ? ledger.stopExperiment(id, by) : ledger.setStop(by));
  };

  let undoneByAlarmAt: number | undefined;
  const tellAlarm = async () => {
    if (alarm === undefined) return;
    await clock.sleep(alarm.at);
    const wasBroken = target.isBroken();
    const { world } = target.process(() => {
      keepTime();
      return 'works';
    });
    const janitor = chaosJanitor({
      world: { ...world, clock, announcer, sleepers },
      ...{ newId: () => '3f9a1c2b', log: () => {}, put: async () => {} },
    });
    const event = { account: '111111111111', region: 'eu-west-1', name: 'checkout' };
    const fired = { ...event, at: new Date(clock.now()).toISOString() };
    await janitor({ alarm: fired }, { getRemainingTimeInMillis: () => 900_000 });
    keepTime();
    if (wasBroken && !target.isBroken()) undoneByAlarmAt = at();
  };

  await Promise.all([Promise.race([runEngine(), died]), runStop(), tellAlarm(), runJanitor()]);
  keepTime();
  expect(!target.hasResidue(), 'nothing is left in the end');
  expect((await target.openEntries()).length === 0, 'no entry is left open');
  expect((await ledger.runningExperiments()).found.length === 0, 'nothing is left running');
  return { broken, report, wasTakenOver, undoneByAlarmAt, record: await ledger.experiment(id) };
}
