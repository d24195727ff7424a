import * as z from 'zod';
import { Failure, failure } from '../../model/failure.ts';
import { type Ending, failedAt } from './endings.ts';
import { judgeRecovery } from './judge-recovery.ts';
import { besideLease } from './lease.ts';
import type { StageParts } from './stage-parts.ts';
import { stepNames } from './step-names.ts';
import { watchPhase } from './watch-phase.ts';

/** Until somebody has seen it, nobody can tell. */
export function expectRecovery({ judged, chronicle }: Pick<StageParts, 'judged' | 'chronicle'>): void {
  for (const { name } of judged) {
    const probe = chronicle.probes.get(name);
    if (probe === undefined) continue;
    delete probe.recoveredAt;
    probe.recovery = 'unknown';
  }
}

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
  const { judged, withinMs, steadyMs, chronicle, course } = parts;
  const by = undoneAt + withinMs;
  const goals = new Map(
    judged.map(
      (probe) => [probe.name, { plan: parts.recoveryPlan(probe), steadyMs, until: undoneAt, by }] as const,
    ),
  );
  course.recovery = new Map();
  const watched = await watchPhase(
    {
      ...{ is: 'recovery', stage, from, to: by + steadyMs, part: 0, goals, awaits: 'recovery' },
      ...{ endsOnDeviation: false, stop: ignoresStop ? 'ignored' : 'noted' },
    },
    parts,
  ).catch((error: unknown) => failedAt(error, undoneAt));
  if ('is' in watched) return watched;
  const { at, ended } = watched;
  if (ended.by === 'problem') return { is: 'failed', why: ended.why, at };
  const late = judged.flatMap(({ name }) => {
    const found = judgeRecovery(course.recovery.get(name), { by, withinMs });
    const probe = chronicle.probes.get(name);
    if (probe !== undefined) probe.recovery = found.is;
    return found.is === 'in-time' ? [] : [{ ...found, probe: name, at }];
  });
  for (const { probe, why } of late) chronicle.addEvent(at, 'problem', `${probe}: ${why}`);
  const refuted = late.find((one) => one.is === 'late');
  if (refuted !== undefined) return { ...refuted, is: 'deviated' };
  const [unseen] = late;
  if (unseen !== undefined) return { ...unseen, is: 'inconclusive' };
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
