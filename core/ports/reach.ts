import type { Injector } from '../model/injector.ts';
import type { ScheduledCall } from '../model/lasting.ts';

/** One target, under a session that can reach nothing else. Nothing is tried again past `until`, epoch ms. */
export interface Reach {
  injector(until: number): TrackedInjector;
  /**
   * Arranges that the calls are made in the target's account at that moment, epoch ms, within minutes, whatever becomes of us and of
   * the other calls. Once arranged for a strike, they stay as they are. Where it rejects, some may have been arranged.
   */
  arm(strikeId: string, calls: readonly ScheduledCall[], at: number, until: number): Promise<void>;
  /** Takes back what `arm` arranged, if it was: so many calls. */
  disarm(strikeId: string, calls: number, until: number): Promise<void>;
}

export interface TrackedInjector extends Injector {
  /** AWS has certainly not acted: no call reached it, or it refused each one. */
  readonly wasRefusedEveryTime: boolean;
  /** Calls that AWS may have acted on, the attempts of one counted each. */
  readonly mayHaveActed: number;
}
