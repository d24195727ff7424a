import type { ClockSkew } from '../../model/clock-skew.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { AlarmReader } from '../../ports/alarm-reader.ts';
import type { Clock } from '../../ports/clock.ts';
import { type ExperimentLedger, ExperimentOver, type Lease } from '../../ports/experiment-ledger.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { ExperimentProgress } from '../../reports/experiment-progress.ts';
import type { ControlPort, ExperimentNews, Stopped } from '../engine/ports.ts';
import { announceInTime } from './announce-in-time.ts';
import { askConditions, askOwnStop, askStopOfEverything } from './ask-stops.ts';
import { failClosed } from './fail-closed.ts';
import type { ProgressWatch } from './progress-watch.ts';

export interface LedgerControlParts {
  readonly ledger: Pick<Ledger, 'stop'> & Pick<ExperimentLedger, 'experiment' | 'renewLease'>;
  readonly alarms: AlarmReader;
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly journal: Pick<Journal, 'failed'>;
  /** Told in the ledger with the lease. Left out: nobody follows it there. */
  readonly progress?: Pick<ProgressWatch, 'tell'>;
  /** Tells people. */
  announce(news: ExperimentNews): Promise<void>;
}

interface WantedLease extends Pick<Lease, 'until' | 'isWaiting'> {
  readonly wakeUp: string | undefined;
}

/** An account may describe alarms nine times a second, in all that it does. Source: CloudWatch service quotas, DescribeAlarms. */
const alarmsEveryMs = 5_000;
/** How long, and how often, a lease is tried to be renewed. */
const renewalMs = 10_000;
const againMs = 1_000;

/**
 * Holds an experiment by what the ledger says, and by its stop conditions. `stopped` reads the ledger once: the experiment's own stop and
 * the stop of everything, in turn. So each takes two calls to be seen, and the alarms up to five seconds, but for a call that wants to be sure. Once stopped, it stays so.
 */
export function ledgerControl(
  id: string,
  { stopConditions }: Pick<Experiment, 'stopConditions'>,
  parts: LedgerControlParts,
): ControlPort {
  const { ledger, alarms, clock, skew } = parts;
  const hasConditions = stopConditions.length > 0;
  const own = askOwnStop(id, ledger);
  const everything = askStopOfEverything(ledger);
  const conditions = askConditions(stopConditions, alarms);
  const askOwn = failClosed(own, clock);
  const askEverything = failClosed(everything, clock);
  const askAlarms = failClosed(conditions, clock);
  let known: Stopped | undefined;
  let isOwnsTurn = false;
  let alarmsDueAt = hasConditions ? clock.now() : Number.POSITIVE_INFINITY;

  const askNext = async (): Promise<Stopped | undefined> => {
    isOwnsTurn = !isOwnsTurn;
    const areAlarmsDue = clock.now() >= alarmsDueAt;
    if (areAlarmsDue) alarmsDueAt = clock.now() + alarmsEveryMs;
    const [stop, condition] = await Promise.all([
      isOwnsTurn ? askOwn() : askEverything(),
      areAlarmsDue ? askAlarms() : undefined,
    ]);
    return stop ?? condition;
  };

  const askAll = async (): Promise<Stopped | undefined> => {
    const answers = await Promise.all([own(), everything(), hasConditions ? conditions() : undefined]);
    return answers.find((one) => one !== undefined);
  };

  const renew = async ({ until, isWaiting, wakeUp }: WantedLease): Promise<void> => {
    const giveUpAt = clock.now() + renewalMs;
    for (;;) {
      const offset = skew.offsetMs() ?? 0;
      const progress = parts.progress?.tell(clock.now());
      try {
        return await ledger.renewLease(id, {
          now: clock.now() + offset,
          until: until + offset,
          isWaiting,
          ...(wakeUp !== undefined && { wakeUp }),
          ...(progress !== undefined && { progress: inTimeOf(progress, offset) }),
        });
      } catch (error) {
        if (error instanceof ExperimentOver || clock.now() + againMs > giveUpAt) throw error;
        await clock.sleep(againMs);
      }
    }
  };
  let renewing = Promise.resolve();

  return {
    stopped: async (surely = false) => {
      known ??= await (surely ? askAll() : askNext());
      return known;
    },

    // One after the other: nobody waits for a renewal that is on its way, and it must not come after that of a long wait.
    renewLease: (until, isWaiting = false, wakeUp) => {
      const renewed = renewing.then(() => renew({ until, isWaiting, wakeUp }));
      renewing = renewed.catch(() => {});
      return renewed;
    },

    announce: announceInTime(parts.announce, parts),
  };
}

/** By AWS's clock. */
function inTimeOf(progress: ExperimentProgress, offset: number): ExperimentProgress {
  const { at, from, to } = progress;
  return { ...progress, at: at + offset, from: from + offset, to: to + offset };
}
