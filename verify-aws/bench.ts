import type { Clients } from '#aws/clients/clients.ts';
import type { Injector } from '#core/model/injector.ts';
import type { Target } from '#core/model/target.ts';
import type { Clock } from '#core/ports/clock.ts';

/** What everything that a check creates is called, and tagged with: what an interrupted run may have left is found by it. */
export const namePrefix = 'chaos-verify-';
export const ownTag = { Key: 'chaos:verify', Value: 'true' } as const;

/** A sandbox account at AWS, or the sandbox. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly makerOf: (bench: Omit<Bench, 'make'>) => Maker;
  /** The sandbox has no data plane: nothing is sent, invoked or denied there. */
  readonly isSandbox: boolean;
  /** 16 hex digits. */
  readonly newId: () => string;
}

/** What one check works with. */
export interface Bench extends Injector, Omit<Place, 'makerOf'> {
  readonly make: Maker;
  /** A name that nothing else has. Throws once the run is interrupted. */
  name(): string;
  /** Removes later what is created next, whatever happens: the last first. Said before the call, whose answer may be lost. */
  removeLater(what: string, remove: () => Promise<unknown>): void;
  /** The same once all checks are over, for what they share. */
  removeAtEnd(what: string, remove: () => Promise<unknown>): void;
  /** Rejects once the run is interrupted. */
  sleep(ms: number): Promise<void>;
}

/** Creates what faults are done to, and removes it again. */
export interface Maker {
  table(): Promise<Target>;
  /** With ABAC, and with CORS rules. */
  bucket(): Promise<Target>;
  queue(): Promise<Target>;
  topic(): Promise<Target>;
  /** `code`: of an ES module. Left out: a handler that does nothing. */
  function(code?: string): Promise<Target>;
  /** Of a queue, for a function of its own. */
  eventSourceMapping(): Promise<Target>;
  /** Without a policy, unless one is given. `service`: which may assume it. Left out: the account. */
  role(parts?: { readonly policy?: object; readonly service?: string }): Promise<Target>;
  /** With CORS, and the stage `$default`. */
  httpApi(parts?: { readonly autoDeploy?: boolean }): Promise<Target>;
  /** The managed policy that iam-deny attaches. */
  denyPolicy(): Promise<void>;
  /** The schedule group for undos. */
  scheduleGroup(): Promise<void>;
}

/** The run was interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

export interface Removal {
  readonly what: string;
  readonly remove: () => Promise<unknown>;
}

/** A bench for one check. `removals`, and `atEnd`, fill up as it creates. */
export function openBench(
  place: Place,
  signal: AbortSignal,
  { removals, atEnd }: { readonly removals: Removal[]; readonly atEnd: Removal[] },
): Bench {
  const { clients, clock, region } = place;
  const requireGoingOn = () => {
    if (signal.aborted) throw new Interrupted();
  };
  const base: Omit<Bench, 'make'> = {
    ...place,
    client: (service) => {
      requireGoingOn();
      return clients(service, { region });
    },
    name: () => {
      requireGoingOn();
      return `${namePrefix}${place.newId()}`;
    },
    removeLater: (what, remove) => {
      requireGoingOn();
      removals.push({ what, remove });
    },
    removeAtEnd: (what, remove) => atEnd.push({ what, remove }),
    sleep: async (ms) => {
      requireGoingOn();
      const interrupted = Promise.withResolvers<never>();
      const stop = () => interrupted.reject(new Interrupted());
      signal.addEventListener('abort', stop, { once: true });
      try {
        await Promise.race([clock.sleep(ms), interrupted.promise]);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
  return { ...base, make: place.makerOf(base) };
}
