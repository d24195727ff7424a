import type { ClockSkew } from '../../model/clock-skew.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { AlarmReader } from '../../ports/alarm-reader.ts';
import type { Clock } from '../../ports/clock.ts';
import { type ExperimentLedger, ExperimentOver } from '../../ports/experiment-ledger.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { ControlPort, ExperimentNews, Stopped } from '../engine/ports.ts';
import { announceInTime } from './announce-in-time.ts';
import { askConditions, askOwnStop, askStopOfEverything } from './ask-stops.ts';
import { failClosed } from './fail-closed.ts';

export interface LedgerControlParts {
  readonly ledger: Pick<Ledger, 'stop'> & Pick<ExperimentLedger, 'experiment' | 'renewLease'>;
  readonly alarms: AlarmReader;
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly journal: Pick<Journal, 'failed'>;
  /** Tells people. */
  announce(news: ExperimentNews): Promise<void>;
}

/** An account may describe alarms nine times a second, in all that it does. Source: CloudWatch service quotas, DescribeAlarms. */
const alarmsEveryMs = 5_000;
/** How long, and how often, a lease is tried to be renewed. */
const renewalMs = 10_000;
const againMs = 1_000;

/**
 * Holds an experiment by what the ledger says, and by its stop conditions. `stopped` reads the ledger once: the experiment's own stop and
 * the stop of everything, in turn. So each takes two calls to be seen, and the alarms up to five seconds. Once stopped, it stays so.
 */
export function ledgerControl(
  id: string,
  { stopConditions }: Pick<Experiment, 'stopConditions'>,
  parts: LedgerControlParts,
): ControlPort {
  const { ledger, alarms, clock, skew } = parts;
  const askOwn = failClosed(askOwnStop(id, ledger), clock);
  const askEverything = failClosed(askStopOfEverything(ledger), clock);
  const askAlarms = failClosed(askConditions(stopConditions, alarms), clock);
  let known: Stopped | undefined;
  let isOwnsTurn = false;
  let alarmsDueAt = stopConditions.length === 0 ? Number.POSITIVE_INFINITY : clock.now();

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

  return {
    stopped: async () => {
      known ??= await askNext();
      return known;
    },

    renewLease: async (until, isWaiting = false, wakeUp) => {
      const giveUpAt = clock.now() + renewalMs;
      for (;;) {
        const offset = skew.offsetMs() ?? 0;
        try {
          return await ledger.renewLease(id, {
            now: clock.now() + offset,
            until: until + offset,
            isWaiting,
            ...(wakeUp !== undefined && { wakeUp }),
          });
        } catch (error) {
          if (error instanceof ExperimentOver || clock.now() + againMs > giveUpAt) throw error;
          await clock.sleep(againMs);
        }
      }
    },

    announce: announceInTime(parts.announce, parts),
  };
}
