import type { ProbeSpec } from '../../model/experiment.ts';
import type { Sample } from '../../model/sample.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Measurement, mostInFlight, type Probe, type Prober } from '../../ports/probe.ts';
import { messageOf } from '../../util/error-text.ts';
import { oneLine } from '../../util/format.ts';
import { tookText } from '../wording/numbers.ts';
import { type LagWatch, toleratedLagMs } from './lag-watch.ts';

const longestDetail = 200;

const notReady = 'its session was not there';

/** Takes the samples of one probe, each when it is due, or later where it is about the past. Never rejects. */
export function sampleTaker(parts: {
  readonly probe: Probe;
  readonly spec: ProbeSpec;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly lag: LagWatch;
}): (due: number, over: AbortSignal) => Promise<Sample> {
  const { probe, spec, prober, clock, lag } = parts;
  const isLive = probe.settlesMs === 0;
  const limit = probe.limit?.(spec.parameters) ?? Number.POSITIVE_INFINITY;
  let inFlight = 0;

  const take = async (due: number, over: AbortSignal): Promise<Measurement> => {
    const wanted = isLive ? due : clock.now();
    const lateMs = lag.woke(wanted, clock.now());
    if (lateMs > 0) return unmeasured(`asked ${lateMs} ms late: this process was busy`);
    if (inFlight >= mostInFlight) return unmeasured(`${mostInFlight} samples were without an answer`);
    const laggedBefore = lag.laggedMs;
    const answerBy = wanted + spec.timeoutMs;
    inFlight += 1;
    let wasAsked = false;
    const found = await unlessLate(clock, answerBy, over, async (ended) => {
      if (prober.ready !== undefined) {
        await prober.ready();
        const waitedMs = clock.now() - wanted;
        if (isLive && waitedMs > toleratedLagMs) throw new Error(`not asked for ${waitedMs} ms: ${notReady}`);
      }
      wasAsked = true;
      return prober.measure(due, ended);
    });
    inFlight -= 1;
    // An answer may have been there, and nobody looked.
    const missed = found === undefined && lag.woke(answerBy, clock.now()) > 0;
    if (missed) return unmeasured('this process was too busy to see an answer');
    if (found === undefined && !wasAsked) return unmeasured(`not asked in time: ${notReady}`);
    if (found === undefined) {
      // What a user would wait for is bad; that we could not read a state says nothing about it.
      const is = probe.measures === 'events' ? 'bad' : 'unmeasured';
      return { is, detail: `no answer within ${tookText(spec.timeoutMs)}` };
    }
    const laggedMs = lag.laggedMs - laggedBefore;
    const { is, value = 0 } = found;
    const isOurs = is === 'bad' && laggedMs > toleratedLagMs && value > limit && value - laggedMs <= limit;
    return isOurs ? unmeasured(`this process was busy for ${laggedMs} of ${Math.round(value)} ms`) : found;
  };

  return async (due, over) => {
    const { detail, ...taken } = await take(due, over);
    return { due, ...taken, ...(detail !== undefined && { detail: oneLine(detail, longestDetail) }) };
  };
}

/** What is measured; unmeasured where that throws, undefined where it has no end in time. It is aborted then. */
async function unlessLate(
  clock: Clock,
  answerBy: number,
  over: AbortSignal,
  measure: (ended: AbortSignal) => Promise<Measurement>,
): Promise<Measurement | undefined> {
  const ending = new AbortController();
  const end = () => ending.abort();
  over.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([
      measure(ending.signal).catch((error: unknown) => unmeasured(messageOf(error))),
      clock.sleep(Math.max(0, answerBy - clock.now()), ending.signal).then(() => undefined),
    ]);
  } finally {
    end();
    over.removeEventListener('abort', end);
  }
}

function unmeasured(detail: string): Measurement {
  return { is: 'unmeasured', detail };
}
