import type { Experiment } from '../../model/experiment.ts';
import { timeText } from '../../util/time.ts';
import type { FileMistake } from './choose-fault.ts';

/** With fewer, a probe neither shows that all is well nor recovers. */
const fewestSamples = 3;

/** Times in which a judged probe is measured too rarely to tell anything. */
export function rareSamples({
  steadyState,
  recovery,
}: Pick<Experiment, 'steadyState' | 'recovery'>): readonly FileMistake[] {
  const [rarest] = steadyState.probes.toSorted((a, b) => b.everyMs - a.everyMs);
  if (rarest === undefined) return [];
  const leastMs = fewestSamples * rarest.everyMs;
  const message = (ms: number) =>
    `expected at least ${timeText(leastMs)}, in which ${rarest.name} is measured ${fewestSamples} times, not ${timeText(ms)}`;
  return [
    { path: ['steadyState', 'baseline'], ms: steadyState.baselineMs },
    { path: ['recovery', 'within'], ms: recovery.withinMs },
  ].flatMap(({ path, ms }) => (ms < leastMs ? [{ path, message: message(ms) }] : []));
}
