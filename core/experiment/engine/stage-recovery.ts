import * as z from 'zod';
import { Failure, failure } from '../../model/failure.ts';
import { tookText } from '../wording/numbers.ts';
import { type Ending, failedAt } from './endings.ts';
import { besideLease } from './lease.ts';
import type { StageParts } from './stage-parts.ts';
import { stepNames } from './step-names.ts';
import { watchPhase } from './watch-phase.ts';

/**
 * What is good while the undo is still being read back counts, and whether it recovers in time is counted from its end. Also after a
 * stop: whether it recovers is the first thing that people want to know.
 */
export async function watchStageRecovery(
  stage: number,
  { from, undoneAt }: { readonly from: number; readonly undoneAt: number },
  ignoresStop: boolean,
  parts: StageParts,
): Promise<Ending | undefined> {
  const { judged, withinMs, baselineMs, chronicle } = parts;
  const by = undoneAt + withinMs;
  const steadyMs = Math.min(baselineMs, withinMs);
  for (const { name } of judged) delete chronicle.probes.get(name)?.recoveredAt;
  const watched = await watchPhase(
    {
      ...{ is: 'recovery', stage, from, to: by + steadyMs, part: 0, awaits: 'recovery' },
      steady: { ms: steadyMs, until: undoneAt },
      ...{ endsOnDeviation: false, stop: ignoresStop ? 'ignored' : 'noted' },
    },
    parts,
  ).catch((error: unknown) => failedAt(error, undoneAt));
  if ('is' in watched) return watched;
  const { at, ended } = watched;
  if (ended.by === 'problem') return { is: 'failed', why: ended.why, at };
  const late = judged.filter(
    ({ name }) => (chronicle.probes.get(name)?.recoveredAt ?? Number.POSITIVE_INFINITY) > by,
  );
  const bad = late.find(({ name }) => (chronicle.probes.get(name)?.phases.at(-1)?.tally.bad ?? 0) > 0);
  if (bad !== undefined) {
    const why = `it was not within its tolerance again ${tookText(withinMs)} after the fault had ended`;
    return { is: 'deviated', probe: bad.name, why, at };
  }
  const [unseen] = late;
  if (unseen !== undefined) {
    const why = `too little was measured to tell whether it was within its tolerance again ${tookText(withinMs)} after the fault had ended`;
    return { is: 'inconclusive', probe: unseen.name, why, at };
  }
  if (parts.rehearsal) return undefined;
  // Should it fail, the monkey finds out by itself that all is well.
  const { problem } = await parts.host.step(stepNames.recovered(stage), Closed, () =>
    besideLease(parts, () => parts.method.recovered()).then(
      () => ({}),
      (error: unknown) => ({ problem: failure('verify', error) }),
    ),
  );
  if (problem !== undefined) chronicle.failures.push(problem);
  return undefined;
}

/** Whether the strikes of a stage were closed as recovered. */
const Closed = z.object({ problem: Failure.exactOptional() });
