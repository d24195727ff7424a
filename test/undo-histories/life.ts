import type { Transport } from '#aws/clients/transport.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import type { Turnstile } from './turnstile.ts';

/** At which call a process dies, counted from 1. `late`: the call is on its way, and takes effect when the process is dead. */
export interface Death {
  readonly atCall: number;
  readonly when: 'before' | 'after' | 'late';
}

type WholeLedger = Ledger & ExperimentLedger;

/** What can go wrong with the calls to a ledger that is no service of AWS. */
export type LedgerTrouble = () => 'works' | 'refused' | 'answer lost';

/** A process: it has a clock of its own, its calls take time, and once it is dead it makes none and receives no answers. */
export interface Life {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly died: Promise<'died'>;
  /** Whether anything that it has begun may still have an effect. */
  isUnderWay(): boolean;
  die(): void;
  /** For so long nothing of it goes on, though it is alive. */
  freeze(ms: number): void;
  /** A call to whatever is outside. */
  call<Answer>(act: () => Answer | Promise<Answer>): Promise<Answer>;
  transport(network: Transport): Transport;
  ledger(real: WholeLedger, trouble: LedgerTrouble): WholeLedger;
}

/** So late a call may arrive whose process is dead. */
const mostLateMs = 50_000;
const never = new Promise<never>(() => {});

export function aLife(options: {
  readonly clock: Turnstile;
  readonly random: SeededRandom;
  /** How far its clock is ahead of AWS's. */
  readonly skewMs: number;
  readonly death: Death | undefined;
}): Life {
  const { clock, random, skewMs, death } = options;
  let [calls, pending, isDead, thawsAt] = [0, 0, false, 0];
  let tell: (died: 'died') => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    tell = resolve;
  });
  const die = () => {
    isDead = true;
    tell('died');
    return never;
  };

  const thaw = async () => {
    while (thawsAt > clock.now()) await clock.sleep(thawsAt - clock.now());
  };

  const call = async <Answer>(act: () => Answer | Promise<Answer>): Promise<Answer> => {
    if (isDead) return never;
    calls += 1;
    const fate = calls === death?.atCall ? death.when : undefined;
    const [sendMs, answerMs, lateMs] = [random.int(1, 200), random.int(1, 200), random.int(1, mostLateMs)];
    pending += 1;
    try {
      await clock.sleep(sendMs);
      if (fate === 'before') return die();
      // A process that has died meanwhile has sent it all the same.
      if (fate === 'late') {
        void die();
        await clock.sleep(lateMs);
      }
      const answer = await clock.inTurn(act).finally(() => {
        if (fate === 'after') void die();
      });
      await clock.sleep(answerMs);
      await thaw();
      return isDead ? never : answer;
    } catch (error) {
      if (isDead) return never;
      throw error;
    } finally {
      pending -= 1;
    }
  };

  return {
    random,
    died,
    die: () => void die(),
    freeze: (ms) => {
      thawsAt = clock.now() + ms;
    },
    call,
    isUnderWay: () => !isDead || pending > 0,
    clock: {
      now: () => clock.now() + skewMs,
      sleep: async (ms, over) => {
        await clock.sleep(ms, over);
        await thaw();
        return isDead ? never : undefined;
      },
    },
    transport: (network) => (sent) => call(() => network(sent)),
    ledger: (real, trouble) =>
      new Proxy(real, {
        get:
          (_, method: keyof WholeLedger) =>
          (...given: readonly unknown[]) =>
            call(async () => {
              const what = trouble();
              if (what === 'refused') throw ledgerError('ProvisionedThroughputExceededException');
              const answer = await (real[method] as (...given: readonly unknown[]) => unknown)(...given);
              if (what === 'answer lost') throw ledgerError('TimeoutError');
              return answer;
            }),
      }) as WholeLedger,
  };
}

function ledgerError(name: string): Error {
  return Object.assign(new Error(`the ledger: ${name}`), { name });
}
