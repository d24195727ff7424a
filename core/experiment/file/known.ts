import type { Config } from '../../config/config.ts';
import type { FaultRegistry } from '../../model/fault.ts';
import type { Kind } from '../../ports/kind.ts';
import type { Probe } from '../../ports/probe.ts';

/** What a file may refer to, and how far it may go. */
export interface Known {
  readonly config: Pick<Config, 'accounts' | 'experiments' | 'faults' | 'maxFaultMinutes'>;
  readonly faults: FaultRegistry;
  readonly kinds: readonly Pick<Kind, 'kind' | 'groupKinds' | 'isLone'>[];
  readonly probes: readonly Probe[];
  /** Whether probes may ask this machine, where the sandbox's demos listen. */
  readonly loopback?: boolean;
  /** Epoch ms: a schedule that is over by then is a mistake. Left out where a file is run, whatever its schedule. */
  readonly now?: number;
}
