import type { Transport } from '#aws/clients/transport.ts';
import type { Clock } from '#core/ports/clock.ts';

/** A process that can die between any two steps, after which it makes no calls and receives no answers. */
export interface CrashableProcess {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly died: Promise<'died'>;
  /** Calls it has made. */
  readonly calls: number;
  die(): void;
}

/** At which call it dies, counted from 1; `after`: the call has taken effect, but its answer is lost. */
export interface Crash {
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

export function crashableProcess(
  world: { readonly transport: Transport; readonly clock: Clock },
  death?: Crash,
): CrashableProcess {
  let calls = 0;
  let isDead = false;
  let tell: (died: 'died') => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    tell = resolve;
  });
  const die = () => {
    isDead = true;
    tell('died');
  };
  const alive = async <Value>(value: Value): Promise<Value> =>
    isDead ? new Promise<never>(() => {}) : value;

  return {
    died,
    die,
    get calls() {
      return calls;
    },
    clock: {
      now: () => world.clock.now(),
      sleep: async (ms) => alive(await world.clock.sleep(ms)),
    },
    transport: async (call) => {
      await alive(undefined);
      calls += 1;
      const isLast = calls === death?.atCall;
      if (isLast && death.when === 'before') die();
      await alive(undefined);
      try {
        return await alive(await world.transport(call).finally(() => isLast && die()));
      } catch (error) {
        await alive(undefined);
        throw error;
      }
    },
  };
}
