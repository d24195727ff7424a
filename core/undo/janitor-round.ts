import { failure } from '../model/failure.ts';
import type { RunContext } from '../model/run-context.ts';
import type { ExperimentAnnouncer, UndoAnnouncer } from '../ports/announcer.ts';
import type { ExperimentLedger } from '../ports/experiment-ledger.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Sleepers } from '../ports/sleepers.ts';
import { type HandledStrike, isOfStrike, type UndoReport } from '../reports/undo-report.ts';
import { announceOnce } from './announce-once.ts';
import { experimentLeases } from './experiment-leases.ts';
import type { UndoOrder } from './plan-undo.ts';
import { isOrderForSome, type UndoWorld, undoDue } from './undo-due.ts';

export interface JanitorWorld extends UndoWorld {
  readonly ledger: UndoWorld['ledger'] &
    Pick<Ledger, 'setStop' | 'openUndos' | 'claimAnnouncement' | 'announced' | 'notAnnounced'> &
    Pick<ExperimentLedger, 'runningExperiments' | 'stopExperiment' | 'endExperiment'>;
  readonly announcer: UndoAnnouncer & ExperimentAnnouncer;
  readonly sleepers: Sleepers;
}

/** An undo that fails is tried again for so long before anybody is told. */
const toleratedMs = 5 * 60_000;

/**
 * Undoes what is due, or ordered, wakes experiments that are stopped while they wait, ends those that nobody runs any more, and tells
 * people of what they have to see to. Rejects only where the ledger cannot be read.
 */
export async function janitorRound(
  order: UndoOrder,
  run: RunContext,
  world: JanitorWorld,
): Promise<UndoReport> {
  const { clock } = world;
  const startedAt = new Date(clock.now()).toISOString();
  const leases = experimentLeases(world);
  const round = isOrderForSome(order)
    ? await undoDue(order, run, world)
    : await undoDue(order, run, world, leases.orphansAmong);
  const unended = await leases.endLapsed(round.strikes);
  const unwoken = await leases.unwoken();
  const endedAt = new Date(clock.now()).toISOString();
  const report: UndoReport = {
    ...{ schemaVersion: 2, runId: run.runId, startedAt, endedAt, open: round.open },
    strikes: [...round.strikes],
    failures: [...round.failures, ...unended, ...unwoken],
  };
  const stuck = {
    ...report,
    strikes: report.strikes.flatMap((strike) => whatIsStuck(strike, clock.now(), world)),
  };
  if (causesOf(stuck).length === 0) return report;
  const told = await Promise.allSettled([world.announcer.raiseUndoAlarm(stuck), announceNews(stuck, world)]);
  const failed = told.flatMap((one) => (one.status === 'rejected' ? [failure('announce', one.reason)] : []));
  return { ...report, failures: [...report.failures, ...failed] };
}

const strikeCause = ({ id }: HandledStrike) => `undo ${id}`;
const unreadableCause = 'undo entries that cannot be read';

/** What people are to hear of, each once a day. */
function causesOf({ strikes, failures }: UndoReport): readonly string[] {
  // An entry that cannot be read is a fault that nobody undoes.
  const isUnreadable = failures.some((one) => one.stage === 'undo' && !isOfStrike(one));
  return [...strikes.map(strikeCause), ...(isUnreadable ? [unreadableCause] : [])];
}

/** A strike as people are to hear of it; nothing of one that goes its way. */
function whatIsStuck(
  strike: HandledStrike,
  now: number,
  { faults }: Pick<JanitorWorld, 'faults'>,
): readonly HandledStrike[] {
  const { outcome, failingSince, deadline, notBefore, text, fault } = strike;
  if (outcome === 'ended') return [];
  if (outcome === 'contested') return [strike];
  if (outcome === 'failing' && failingSince !== undefined && Date.parse(failingSince) + toleratedMs <= now) {
    return [strike];
  }
  // Nothing of the fault was seen: it waits only to be sure.
  if (notBefore !== undefined && now < Date.parse(notBefore)) return [];
  const known = faults.get(fault.name);
  const shownMs = known?.lasts === true ? known.propagationMs : 0;
  const isOverdue = now >= Date.parse(deadline) + toleratedMs + shownMs;
  return isOverdue ? [{ ...strike, outcome: 'failing', text: `it should have ended long ago: ${text}` }] : [];
}

/** What cannot be claimed is left to the alarm: a message in every round would help nobody. */
function announceNews(report: UndoReport, world: JanitorWorld): Promise<void> {
  const day = report.startedAt.slice(0, 10);
  return announceOnce(causesOf(report), day, world, (news) => {
    const strikes = report.strikes.filter((strike) => news.includes(strikeCause(strike)));
    return world.announcer.announceUndo({ ...report, strikes });
  });
}
