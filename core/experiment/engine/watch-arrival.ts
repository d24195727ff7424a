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

/** A timer that ends the wait for an answer may be late. */
const lateMs = 1_000;

/** Epoch ms by which all samples of a probe are answered, or never will be, that were due before. */
export function answeredBy(
  { timeoutMs }: Pick<ProbeSpec, 'timeoutMs'>,
  { settlesMs }: Pick<ProbeDescription, 'settlesMs'>,
  before: number,
): number {
  return before + settlesMs + timeoutMs + lateMs;
}

/** Looks whether all is there: when told to, after a sample, and when there is nothing more to wait for. */
export function watchArrival(
  judged: readonly FollowedProbe[],
  { awaits, endsOnRecovery = false }: Awaited,
  { clock, describe }: { readonly clock: Clock } & Pick<ExperimentPorts, 'describe'>,
  { over, arrived }: { readonly over: AbortSignal; arrived(): void },
): () => void {
  const isAnswered = (probe: FollowedProbe, before: number) =>
    probe.hasAnswered(before) || clock.now() >= answeredBy(probe.spec, describe(probe.spec), before);
  const look = () => {
    const isRecovered = endsOnRecovery && judged.every((probe) => probe.hasRecovered());
    const areAnswered =
      awaits !== undefined && clock.now() >= awaits && judged.every((probe) => isAnswered(probe, awaits));
    if (isRecovered || areAnswered) arrived();
  };
  const lookAt = async (at: number) => {
    await clock.sleep(at - clock.now(), over);
    look();
  };
  if (awaits !== undefined) {
    const lastAnswers = judged.map(({ spec }) => answeredBy(spec, describe(spec), awaits));
    for (const at of [awaits, ...lastAnswers]) void lookAt(at);
  }
  return look;
}
