import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { stageMethod } from '#core/experiment/engine/stage-method.ts';
import type { MethodStep } from '#core/model/experiment.ts';
import type { Change } from '../undo-histories/control-plane.ts';
import { Violation } from '../undo-histories/undo-invariants.ts';
import type { EnrolledPlace, UndoOrganization } from '../undo-histories/undo-organization.ts';
import type { Doing, EngineParts } from './engine.ts';
import { familyOf } from './random-experiment.ts';
import { isBroken, type ScriptedProbe, type TakenSample } from './scripted-probes.ts';

/** What others have done to an experiment. Moments are epoch ms, by AWS's clock. */
export interface Interference {
  /** Since when somebody wants it to end. */
  stoppedAt?: number;
  /** Set where a fault was being watched then, by a process that nothing delays. */
  undoBy?: number;
  /** Something delays calls, or loses their answers, or has stopped a process for a while. */
  isSlow: boolean;
  /** Where nothing may be struck any more. */
  readonly keptOut: Map<EnrolledPlace, number>;
}

/** For what is on its way as somebody stops it: some calls; more where calls are tried again. */
const stopMs = { usually: 4_000, slowly: 20_000 };
/** As long as targets may be looked for. */
const lookMs = 70_000;

const atTheEdges = 2;

/** The time in which all that a step strikes is struck, and nothing of it undone. */
export interface Hold {
  readonly stage: number;
  from: number;
  to?: number;
  /** For so long its fault is to be in effect in that time. */
  readonly ms: number;
}

/** What must hold at every change that an experiment makes. */
export function experimentInvariants(
  { experiment, rehearsal }: Pick<ExperimentRun, 'experiment' | 'rehearsal'>,
  { places, config }: Pick<UndoOrganization, 'places' | 'config'>,
  {
    doing,
    taken,
    interference,
    isMeddledWith,
  }: Pick<EngineParts, 'doing'> & {
    readonly taken: readonly TakenSample[];
    readonly interference: Interference;
    /** Somebody else has changed what was changed there. */
    readonly isMeddledWith: (place: EnrolledPlace) => boolean;
  },
) {
  /** What was struck, by stage and step. */
  const struck = new Map<string, Set<EnrolledPlace>>();
  const holds: Hold[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  let lastStage = 0;

  const allowed = (
    select: MethodStep['target']['select'],
    one: EnrolledPlace,
    { resolvedAt }: Doing,
  ): number => {
    const open = familyOf(one, places).filter((place) => {
      const outAt = interference.keptOut.get(place) ?? Number.POSITIVE_INFINITY;
      return place.owner === 'theirs' && outAt > resolvedAt - lookMs;
    });
    const share = (percent: number) => Math.max(1, Math.floor((open.length * percent) / 100));
    const most = share(config.experiments.maxPercent);
    if (select === 'all') return most;
    return Math.min(most, 'count' in select ? select.count : share(select.percent));
  };

  /** That nothing of an earlier stage is in place. What others have changed since is theirs. */
  const checkUndone = async (what: string, now: EnrolledPlace) => {
    for (const place of new Set([...struck.values()].flatMap((those) => [...those]))) {
      if (place === now || place.isDeleted || isMeddledWith(place)) continue;
      if (await isBroken(place)) throw new Violation(`${what}: ${place.account} is not undone yet`);
    }
  };
  /** That no probe had seen more under the faults of a stage than it may, as far as it is plain. */
  const checkSurvived = (what: string, stage: number) => {
    for (const { name, tolerance } of experiment.steadyState.probes) {
      if (!('bad' in tolerance)) continue;
      const under = taken.filter(
        (one) =>
          one.probe === name &&
          holds.some((hold) => hold.stage === stage && one.due > hold.from && one.due < (hold.to ?? 0)),
      );
      const measured = under.filter(({ is }) => is !== 'unmeasured');
      const bad = measured.filter(({ is }) => is === 'bad').length;
      // What is due as the fault begins and as it ends may be of before and after.
      const isBad = bad > tolerance.bad * measured.length + atTheEdges;
      const isLost = measured.length < 0.85 * under.length - atTheEdges;
      if (isBad || isLost) {
        throw new Violation(
          `${what}: stage ${stage} was not survived: of ${under.length} samples of ${name}, ${measured.length} were measured and ${bad} bad`,
        );
      }
    }
  };

  return {
    struck,
    holds,
    async onChange({ at, place, action, by }: Change): Promise<void> {
      const hold = holds.at(-1);
      if (by.injects === undefined) {
        if (hold !== undefined) hold.to ??= at;
        return;
      }
      const what = `${action} in ${place.account}`;
      if (rehearsal) throw new Violation(`${what}: it is only rehearsed`);
      const now = doing.get(by);
      if (now === undefined) throw new Violation(`${what}: the experiment was not striking`);
      const { stage, step: name, strikesSince } = now;
      const step = stageMethod(experiment, stage).find((one) => one.name === name);
      if (step === undefined) throw new Violation(`${what}: no step is named ${name}`);

      if (stage < lastStage) throw new Violation(`${what}: stage ${stage} comes after stage ${lastStage}`);
      if (hold === undefined || hold.to !== undefined) holds.push({ stage, from: at, ms: step.holdMs });
      else hold.from = at;
      if (stage > lastStage) {
        for (const probe of experiment.steadyState.probes) {
          const before = taken.filter((one) => one.probe === probe.name && one.due > lastAt && one.due <= at);
          if (!hasHeld(probe as ScriptedProbe, before, experiment.steadyState.baselineMs)) {
            throw new Violation(`${what}: in stage ${stage} the baseline of ${probe.name} had not held`);
          }
        }
      }
      if (stage > lastStage && lastStage > 0) {
        await checkUndone(what, place);
        checkSurvived(what, lastStage);
      }
      [lastStage, lastAt] = [stage, at];

      const { stoppedAt = Number.POSITIVE_INFINITY, isSlow } = interference;
      if (strikesSince > stoppedAt + (isSlow ? stopMs.slowly : stopMs.usually))
        throw new Violation(`${what}: it had been stopped`);

      const key = `${stage}/${name}`;
      const those = struck.get(key) ?? new Set();
      struck.set(key, those.add(place));
      const most = allowed(step.target.select, place, now);
      if (those.size > most) throw new Violation(`${what}: ${those.size} targets, and ${most} are allowed`);
    },
  };
}

export type ExperimentInvariants = ReturnType<typeof experimentInvariants>;

/** Whether there was time enough in which nothing was broken, and the probe saw nothing that rules out that all was well. */
function hasHeld(
  { everyMs, tolerance }: ScriptedProbe,
  samples: readonly TakenSample[],
  baselineMs: number,
): boolean {
  const wanted = baselineMs / everyMs;
  const share = 'bad' in tolerance ? tolerance.bad : 0;
  for (let from = 0; from < samples.length; from += 1) {
    const first = samples[from] as TakenSample;
    const window = samples.slice(from).filter(({ due }) => due < first.due + baselineMs);
    const spanMs = (window.at(-1)?.due ?? 0) - first.due;
    const measured = window.filter(({ is }) => is !== 'unmeasured');
    const bad = measured.filter(({ is }) => is === 'bad').length / measured.length;
    if (
      window.every(({ broken }) => broken === 0) &&
      spanMs >= baselineMs - 3 * everyMs &&
      measured.length >= 0.85 * wanted - 1 &&
      bad < Math.max(2 * share, share + 0.3)
    ) {
      return true;
    }
  }
  return false;
}
