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
import { type AskStop, failClosed } from './fail-closed.ts';
import { firstStop } from './first-stop.ts';
import { inTime } from './in-time.ts';
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

/** All of it must be known for sure by then. */
const sureMs = 10_000;
/** What takes longer to be read is known the next time: an answer that is slow holds up no other. */
const promptMs = 100;

/**
 * Holds an experiment by what the ledger says, and by its stop conditions. `stopped` reads the ledger once: the experiment's own stop and
 * the stop of everything, in turn. So each takes two calls to be seen, and the alarms up to five seconds, but for a call that wants to be
 * sure. Each is read on its own, however slow the others are. Once stopped, it stays so.
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
  const ownWatch = failClosed(own, clock);
  const everythingWatch = failClosed(everything, clock);
  const alarmWatch = failClosed(conditions, clock, alarmsEveryMs);
  let known: Stopped | undefined;
  let isOwnsTurn = false;
  /** Whenever the answer comes. */
  const note = async (ask: AskStop): Promise<Stopped | undefined> => {
    const stopped = await ask();
    known ??= stopped;
    return stopped;
  };

  const askNext = async (): Promise<void> => {
    isOwnsTurn = !isOwnsTurn;
    const due = [isOwnsTurn ? ownWatch : everythingWatch, ...(hasConditions ? [alarmWatch] : [])];
    const prompt = new AbortController();
    await Promise.race([firstStop(due.map(({ ask }) => note(ask))), clock.sleep(promptMs, prompt.signal)]);
    prompt.abort();
    for (const watch of [ownWatch, everythingWatch, alarmWatch]) known ??= watch.unreadable();
  };

  const askAll = async (): Promise<void> => {
    const asks = [own, everything, ...(hasConditions ? [conditions] : [])];
    await inTime(sureMs, 'read whether it is stopped', () => firstStop(asks.map(note)), clock);
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
      if (known === undefined) await (surely ? askAll() : askNext());
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
