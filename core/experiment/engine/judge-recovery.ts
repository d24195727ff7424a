import type { Evidence } from '../evidence/evidence.ts';
import { tookText } from '../wording/numbers.ts';
import { busyText, deviationText, isTooBusy } from './ending-texts.ts';
import { nothingRecovered, type RecoveryWatch } from './recovery-watch.ts';
import type { Tally } from './tally.ts';

export type RecoveryJudgement =
  | { readonly is: 'in-time' }
  /** It is not within its tolerance when it should be again, and that is no accident. */
  | { readonly is: 'late'; readonly why: string; readonly evidence: Evidence }
  /** It was not seen to be. */
  | { readonly is: 'unknown'; readonly why: string; readonly busy?: number };

const nothingLost = { unmeasured: 0, busy: 0 };

/** What was seen of a probe until some time after it should have recovered. `lost`: since the fault had ended. */
export function judgeRecovery(
  { recoveredAt, late }: RecoveryWatch = nothingRecovered,
  { by, withinMs }: { readonly by: number; readonly withinMs: number },
  lost: Pick<Tally, 'unmeasured' | 'busy'> = nothingLost,
): RecoveryJudgement {
  if (recoveredAt !== undefined && recoveredAt <= by) return { is: 'in-time' };
  const when = `${tookText(withinMs)} after the fault had ended`;
  if (late?.deviated !== undefined) {
    const why = `it was not within its tolerance again ${when}: ${deviationText(late)}`;
    return { is: 'late', why, evidence: late };
  }
  const seen =
    late === undefined || late.measured === 0
      ? 'nothing was measured then'
      : `${late.measured} samples from then on do not tell`;
  const why = `nobody can tell whether it was within its tolerance again ${when}: ${seen}`;
  const { busy, unmeasured } = lost;
  return { is: 'unknown', why: `${why}${busyText(lost)}`, ...(isTooBusy(busy, unmeasured) && { busy }) };
}
