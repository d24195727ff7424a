import type { ProbeSpec } from '../../model/experiment.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FollowedProbe } from './follow-probe.ts';
import type { ExperimentPorts, ProbeDescription } from './ports.ts';

/** What a segment waits for. */
export interface Awaited {
  /** It ends early once all judged probes have reached their goals. */
  readonly endsOnRecovery?: boolean;
  /** It ends early from then on, epoch ms, once all samples of judged probes that were due before are there. */
  readonly awaits?: number;
}

/** For an answer that is there, and was not looked at: this process may have been busy just then. */
const lateMs = 1_000;
/** After this whoever waits is sure to have been told. */
const surelyMs = 10_000;

/** Epoch ms by which all samples of a probe are answered, or never will be, that were due before. */
function lastAnswerAt(
  { timeoutMs }: Pick<ProbeSpec, 'timeoutMs'>,
  { settlesMs }: Pick<ProbeDescription, 'settlesMs'>,
  before: number,
): number {
  return before + settlesMs + timeoutMs;
}

/** Epoch ms: nobody waits longer for samples that were due before. */
export function longestWait(
  judged: readonly ProbeSpec[],
  describe: ExperimentPorts['describe'],
  before: number,
): number {
  return Math.max(before, ...judged.map((spec) => lastAnswerAt(spec, describe(spec), before) + surelyMs));
}

/** Looks whether all is there: when told to, after a sample, and when there is nothing more to wait for. */
export function watchArrival(
  judged: readonly FollowedProbe[],
  { awaits, endsOnRecovery = false }: Awaited,
  { clock, describe }: { readonly clock: Clock } & Pick<ExperimentPorts, 'describe'>,
  { over, arrived }: { readonly over: AbortSignal; arrived(): void },
): () => void {
  const givenUp = new Set<FollowedProbe>();
  const look = () => {
    const isRecovered = endsOnRecovery && judged.every((probe) => probe.hasRecovered());
    const areAnswered =
      awaits !== undefined &&
      clock.now() >= awaits &&
      judged.every((probe) => givenUp.has(probe) || probe.hasAnswered(awaits));
    if (isRecovered || areAnswered) arrived();
  };
  const giveUp = async (probe: FollowedProbe, before: number) => {
    await clock.sleep(lastAnswerAt(probe.spec, describe(probe.spec), before) - clock.now(), over);
    await clock.sleep(lateMs, over);
    givenUp.add(probe);
    look();
  };
  if (awaits !== undefined) {
    void clock.sleep(awaits - clock.now(), over).then(look);
    for (const probe of judged) void giveUp(probe, awaits);
  }
  return look;
}
