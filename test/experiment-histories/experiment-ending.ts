import { stageMethod } from '#core/experiment/engine/stage-method.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { Violation } from '../undo-histories/undo-invariants.ts';
import type { Execution } from './execution.ts';
import type { ExperimentInvariants, Interference } from './experiment-invariants.ts';
import type { ScriptedExperiment } from './random-experiment.ts';
import type { ScriptedProbes, TakenSample } from './scripted-probes.ts';

interface WhatHappened {
  readonly experiment: ScriptedExperiment;
  readonly rehearsal: boolean;
  readonly struck: ExperimentInvariants['struck'];
  readonly holds: ExperimentInvariants['holds'];
  /** How far the clocks of its processes are ahead. */
  readonly skewMs: number;
  readonly taken: readonly TakenSample[];
  readonly interference: Interference;
  /** Somebody or something may have kept it from doing what it says. */
  readonly isTroubled: boolean;
  /** Somebody had all that was in place undone, which ends an experiment. */
  readonly wasUndoneByOthers: boolean;
}

/** Long enough for any stop to be seen. */
const seenMs = 15_000;

/** After so many bad samples in a row a probe deviates, however late in a stage. */
const outage = 16;
/** For a renewal that is on its way. */
const lateMs = 5_000;

/** That whoever runs an experiment has its lease. */
export function checkLease(
  { leaseUntil, ended }: ExperimentRecord,
  now: number,
  { life, deaths }: Pick<Execution, 'life' | 'deaths'>,
  { isSlow }: Pick<Interference, 'isSlow'>,
): void {
  if (ended !== undefined || isSlow || deaths > 0 || life?.isUnderWay() !== true) return;
  if (now > leaseUntil + lateMs) throw new Violation('the experiment goes on without its lease');
}

/** As long as one undo may take that had begun before. */
const undoMs = 60_000;

/** That a stop has ended the faults that were in place. */
export function checkStop({ undoBy, isSlow }: Interference, orders: readonly number[]): void {
  if (undoBy === undefined || isSlow) return;
  if (orders.some((at) => at > undoBy - undoMs && at <= undoBy)) return;
  throw new Violation(
    `stopped by ${new Date(undoBy).toISOString()} at the latest, and nobody undoes anything`,
  );
}

/** That nothing is in place any more as an experiment says that it is over. */
export async function checkReport(
  { verdict }: ExperimentReport,
  { countBroken }: Pick<ScriptedProbes, 'countBroken'>,
): Promise<void> {
  const broken = await countBroken();
  if (broken > 0 && verdict.is !== 'undo-failed')
    throw new Violation(`${verdict.is}, and ${broken} are broken`);
}

/** That what an experiment says it came to is what happened. */
export function checkVerdict(
  report: ExperimentReport | undefined,
  record: ExperimentRecord | undefined,
  { experiment, rehearsal, struck, isTroubled, ...seen }: WhatHappened,
): void {
  const ended = record?.ended;
  if (ended === undefined) throw new Violation('the experiment has not ended');
  const is = report?.verdict.is ?? ended.verdict;
  const say = (what: string) => new Violation(`${is} (${report?.verdict.why ?? ended.why}), and ${what}`);
  const planned = experiment.stages.length;
  const sizeOf = (stage: number, step: string) => struck.get(`${stage}/${step}`)?.size ?? 0;
  const stages = [...struck.keys()].map((key) => Number(key.split('/')[0]));
  const reached = Math.max(0, ...stages);

  // Whoever died in the midst of a strike, or could not strike all of it, has said so.
  const whole = is === 'failed' || is === 'undo-failed' || report === undefined ? reached - 1 : reached;
  for (let stage = 2; stage <= whole; stage += 1) {
    for (const { name } of experiment.method) {
      const [now, before] = [sizeOf(stage, name), sizeOf(stage - 1, name)];
      // The steps after it were not injected where one deviated.
      if (now > 0 && now < before) throw say(`stage ${stage} of ${name} struck ${now}, fewer than ${before}`);
    }
  }

  if (report === undefined) {
    if (ended.verdict !== 'failed' && ended.verdict !== 'undo-failed') throw say('nobody ended it');
    return;
  }
  // What the janitor has ended stays ended.
  if (ended.verdict !== is && !/^whoever ran it died/.test(ended.why))
    throw say(`on record is ${ended.verdict}`);

  if (!isTroubled && /^whoever ran it died/.test(ended.why)) throw say('nobody has died');

  const endedAt = Date.parse(report.endedAt) - seen.skewMs;
  switch (is) {
    case 'survived':
      for (let stage = 1; stage <= planned; stage += 1) {
        for (const { name } of stageMethod(experiment, stage)) {
          if (!rehearsal && sizeOf(stage, name) === 0)
            throw say(`step ${name} of stage ${stage} struck nothing`);
        }
      }
      if ((seen.interference.stoppedAt ?? Number.POSITIVE_INFINITY) < endedAt - seenMs)
        throw say('it was stopped');
      checkEnd(experiment, seen.taken, endedAt, say);
      checkHolds(experiment, seen, endedAt, say);
      return;
    case 'deviated':
    case 'inconclusive': {
      if (is === 'inconclusive' && !isTroubled) checkHolds(experiment, seen, endedAt, say);
      if (!rehearsal && reached === 0) throw say('nothing was injected');
      const { probe } = report.verdict;
      const bad = seen.taken.filter((one) => one.probe === probe && one.is !== 'good');
      if (is === 'deviated' && bad.length === 0) throw say(`nothing bad was seen by ${probe}`);
      return;
    }
    case 'not-steady':
      if (!rehearsal && reached !== report.stages.reached - 1) throw say('something was injected');
      return;
    case 'aborted':
      if (seen.interference.stoppedAt === undefined && !isTroubled && !seen.wasUndoneByOthers) {
        throw say('nobody stopped it');
      }
      return;
    case 'failed':
    case 'undo-failed':
      if (is === 'undo-failed' && !isTroubled) throw say('nothing stood in the way');
      return;
  }
}

/** That no probe was still bad in the end. How much is bad that recovers is a matter of chance, and for the tests of recovery. */
function checkEnd(
  { steadyState: { probes, baselineMs }, recovery: { withinMs } }: ScriptedExperiment,
  taken: readonly TakenSample[],
  endedAt: number,
  say: (what: string) => Violation,
): void {
  for (const { name } of probes) {
    const last = taken.filter(
      ({ probe, due }) => probe === name && due > endedAt - Math.min(baselineMs, withinMs) && due <= endedAt,
    );
    if (last.every(({ is }) => is === 'bad')) throw say(`${name} was bad in the end`);
  }
}

/** That nothing was so broken for as long as a fault was in effect that nobody could have failed to notice. */
function checkHolds(
  { steadyState: { probes }, method }: ScriptedExperiment,
  { taken, holds }: Pick<WhatHappened, 'taken' | 'holds'>,
  endedAt: number,
  say: (what: string) => Violation,
): void {
  // Where steps overlap, their times say less.
  if (method.length > 1) return;
  for (const { name, tolerance, parameters, everyMs } of probes) {
    const { fragileAt, trouble } = parameters;
    if (fragileAt === null || trouble !== null) continue;
    const noticed = 'bad' in tolerance && tolerance.bad > 0 ? outage : 1;
    for (const { from, to = endedAt, ms } of holds) {
      const under = taken.filter(
        ({ probe, due }) => probe === name && due > from + everyMs && due < to - everyMs,
      );
      if (under.every(({ broken }) => broken >= fragileAt) && ms / everyMs - 2 > noticed) {
        throw say(`${name} was bad all the time from ${new Date(from).toISOString()} on`);
      }
    }
  }
}
