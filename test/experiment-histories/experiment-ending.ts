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
  readonly taken: readonly TakenSample[];
  readonly interference: Interference;
  /** Somebody or something may have kept it from doing what it says. */
  readonly isTroubled: boolean;
}

/** Long enough for any stop to be seen. */
const seenMs = 15_000;

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
  { experiment, rehearsal, struck, taken, interference, isTroubled }: WhatHappened,
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

  const endedAt = Date.parse(report.endedAt);
  switch (is) {
    case 'survived': {
      for (let stage = 1; stage <= planned; stage += 1) {
        for (const { name } of stageMethod(experiment, stage)) {
          if (!rehearsal && sizeOf(stage, name) === 0)
            throw say(`step ${name} of stage ${stage} struck nothing`);
        }
      }
      if ((interference.stoppedAt ?? Number.POSITIVE_INFINITY) < endedAt - seenMs)
        throw say('it was stopped');
      for (const probe of experiment.steadyState.probes) {
        const { fragileAt } = probe.parameters;
        const tolerated = 'bad' in probe.tolerance ? probe.tolerance.bad : 0;
        const under = taken.filter(
          (one) => one.probe === probe.name && one.broken >= (fragileAt ?? Number.POSITIVE_INFINITY),
        );
        if (under.length > 25 && tolerated < 0.5) throw say(`${probe.name} was bad ${under.length} times`);
      }
      return;
    }
    case 'deviated':
    case 'inconclusive': {
      if (!rehearsal && reached === 0) throw say('nothing was injected');
      const { probe } = report.verdict;
      const seen = taken.filter((one) => one.probe === probe && one.is !== 'good');
      if (is === 'deviated' && seen.length === 0) throw say(`nothing bad was seen by ${probe}`);
      return;
    }
    case 'not-steady':
      if (!rehearsal && reached !== report.stages.reached - 1) throw say('something was injected');
      return;
    case 'aborted':
      if (interference.stoppedAt === undefined && !isTroubled) throw say('nobody stopped it');
      return;
    case 'failed':
    case 'undo-failed':
      if (is === 'undo-failed' && !isTroubled) throw say('nothing stood in the way');
      return;
  }
}
